package dev.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class KafkaChunkTest {
  record Count(long id) {}

  private final PartitionId id =
      new PartitionId(new TopicPartition("counts", 0), Uuid.randomUuid());

  private final List<ConsumerRecord<byte[], byte[]>> records =
      Stream.of("{\"id\":7}", "none", "{\"id\":9}").map(KafkaChunkTest::message).toList();

  private static ConsumerRecord<byte[], byte[]> message(String json) {
    long offset = 40 + json.length();
    byte[] value = json.getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>(
        "counts",
        0,
        offset,
        0,
        TimestampType.CREATE_TIME,
        0,
        value.length,
        new byte[0],
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static Shape.Makers<Count> makers() throws Exception {
    return new Shape.Values<>(Kafka.json(Count.class)).makers();
  }

  @Test
  void whatIsMadeAheadIsTheSameAndWhatCannotBeMadeIsToldWhenItIsAskedFor() throws Exception {
    try (Shape.Makers<Count> makers = makers()) {
      KafkaChunk<Count> chunk = new KafkaChunk<>(id, makers.reading(), records, true);
      chunk.makeAhead(makers.fetching());
      Count first = chunk.get(0);
      assertThat(first).isEqualTo(new Count(7));
      assertThat(chunk.get(0)).as("made once").isSameAs(first);
      assertThat(chunk.get(2)).isEqualTo(new Count(9));
      assertThatThrownBy(() -> chunk.get(1))
          .isInstanceOf(UndecodableRecord.class)
          .hasMessageContaining("offset 44");
      chunk.letGo();
      assertThat(chunk.after(2).text()).isEqualTo("offset=49");
    }
  }

  @Test
  void functionsOfTheUsersAreNotCalledByTheThreadThatFetches() throws Exception {
    KafkaFormat<String> own = Kafka.format(String::new, String::getBytes);
    assertThat(new Shape.Values<>(own).makers().fetching()).isNull();
    assertThat(new Shape.Whole<>(Kafka.text(), own).makers().fetching()).isNull();
    assertThat(new Shape.Whole<>(Kafka.text(), Kafka.bytes()).makers().fetching()).isNotNull();
  }

  @Test
  void recordsAreMadeAheadWhileTheReaderHasOthersButNotMany() throws Exception {
    try (Shape.Makers<Count> makers = makers()) {
      Backlog<Count> backlog = new Backlog<>();
      assertThat(backlog.keepsReaderBusy()).isFalse();
      backlog.add(new KafkaChunk<>(id, makers.reading(), records, false));
      assertThat(backlog.keepsReaderBusy()).isTrue();
      ConsumerRecord<byte[], byte[]> large = message("x".repeat(5 << 20));
      backlog.add(new KafkaChunk<>(id, makers.reading(), List.of(large), false));
      assertThat(backlog.keepsReaderBusy()).isFalse();
    }
  }
}
