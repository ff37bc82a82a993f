package dev.penstock.benchmarks.load;

import dev.penstock.data.ConnectionName;
import dev.penstock.files.Parquet;
import dev.penstock.kafka.Kafka;
import dev.penstock.kafka.KafkaTopic;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreLocation;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Stores a topic of messages of 100 bytes as Parquet beside a consumer alone: `ToS3 MESSAGES
/// ROUNDS`. The broker and the server of S3 are processes of their own, so that the memory that is
/// told is that of the pipeline.
public final class ToS3 {
  private static final String TOPIC = "counts";
  private static final int PARTITIONS = 3;

  private final String broker = Server.start("kafka", TOPIC).where();
  private final ConnectionName kafka = new ConnectionName("kafka://" + broker);
  private final StoreLocation lake =
      ObjectStore.s3("lake").by(new ConnectionName(Server.start("s3", "lake").where()));
  private final long messages;

  private ToS3(long messages) throws Exception {
    this.messages = messages;
  }

  /// 100 bytes in JSON.
  record Count(long id, Instant ts, String room, long count, String note) {}

  public static void main(String[] args) throws Exception {
    new ToS3(Long.parseLong(args[0])).run(Integer.parseInt(args[1]));
  }

  private void run(int rounds) throws Exception {
    fill();
    Figures figures = new Figures();
    for (int round = 0; round < rounds; round++) {
      int number = round;
      figures.time("consumer alone", messages, this::consume);
      figures.time("penstock, Parquet on S3", messages, () -> store("copy-" + number));
    }
    figures.print("Kafka to Parquet on S3", messages);
  }

  private void fill() {
    Instant noon = Instant.parse("2026-11-21T12:00:00Z");
    Pipeline.range(0, messages)
        .map(id ->
            new Count(id, noon.plusMillis(id), "A", id % 10, "some words about it, so and so"))
        .to(topic())
        .run();
  }

  private KafkaTopic<Count> topic() {
    return Kafka.topic(kafka, TOPIC, Count.class);
  }

  private long consume() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", broker);
    properties.put("max.poll.records", "4000");
    long read = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(TOPIC, p)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (read < messages) {
        read += consumer.poll(Duration.ofMillis(100)).count();
      }
    }
    return read;
  }

  private long store(String name) {
    return Pipeline.from(topic().untilNow())
        .to(
            Parquet.files(Count.class, lake.at(name))
                .partitionedBy((path, count) -> path.source("rooms").date(count.ts()))
                .roll(200_000, Steps.within(Duration.ofSeconds(30))))
        .resumable(name)
        .run()
        .in();
  }
}
