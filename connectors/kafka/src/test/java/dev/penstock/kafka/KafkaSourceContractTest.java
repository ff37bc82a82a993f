package dev.penstock.kafka;

import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.testkit.SourceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;

/// A topic of three partitions, read to its end.
class KafkaSourceContractTest extends SourceContract<KafkaSourceContractTest.Count> {
  private static final int EACH = 70;
  private static TestTopic topic;
  private static TestTopic withBad;

  record Count(String room, long count) {}

  @BeforeAll
  static void fillTopics() throws Exception {
    topic = TestTopic.of(3);
    for (int partition = 0; partition < 3; partition++) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < EACH; i++) {
        values.add("{\"room\":\"%d\",\"count\":%d,\"unknown\":[]}".formatted(partition, i));
      }
      topic.sendTexts(partition, values);
    }
    withBad = TestTopic.of(1);
    withBad.sendTexts(
        0,
        List.of(
            "{\"room\":\"A\",\"count\":1}",
            "rubbish",
            "{\"room\":\"B\",\"count\":\"many\"}",
            "{\"room\":\"C\",\"count\":3}"));
  }

  @Override
  protected Source<Count> source() {
    return Kafka.topic(TestTopic.connection(), topic.name(), Count.class).untilNow();
  }

  @Override
  protected List<Count> expected() {
    List<Count> expected = new ArrayList<>();
    for (int partition = 0; partition < 3; partition++) {
      for (int i = 0; i < EACH; i++) {
        expected.add(new Count("" + partition, i));
      }
    }
    return expected;
  }

  @Override
  protected Set<Trait> capabilities() {
    return Set.of(Trait.SEEKABLE, Trait.SPLITTABLE, Trait.INTERLEAVED, Trait.BOUNDED);
  }

  @Override
  protected Optional<BadRecords<Count>> badRecords() {
    return Optional.of(
        new BadRecords<>(
            Kafka.topic(TestTopic.connection(), withBad.name(), Count.class).untilNow(),
            List.of(new Count("A", 1), new Count("C", 3)),
            2));
  }
}
