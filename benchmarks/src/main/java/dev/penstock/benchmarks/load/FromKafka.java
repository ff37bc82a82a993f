package dev.penstock.benchmarks.load;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.JsonCodec;
import dev.penstock.jdbc.Jdbc;
import dev.penstock.kafka.Kafka;
import dev.penstock.kafka.KafkaTopic;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.testkit.KafkaBroker;
import dev.penstock.testkit.Postgres;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads a topic of messages of 100 bytes into records, beside a consumer and the same JSON parser
/// alone; then adds them up in PostgreSQL by batches of 100: `FromKafka MESSAGES ROUNDS`. The
/// broker and both sides of a round run in this process, in turn.
public final class FromKafka {
  private static final List<String> ROOMS = List.of("A", "B", "C");

  private final String topic = KafkaBroker.newTopic("counts");
  private final ConnectionName kafka = new ConnectionName("kafka://" + KafkaBroker.address());
  private final long messages;

  private FromKafka(long messages) {
    this.messages = messages;
  }

  /// 100 bytes in JSON.
  record Count(long id, String room, long count, String note) {}

  record Total(String room, long totalCount) {
    static List<Total> of(List<Count> counts) {
      Map<String, Long> sums = new HashMap<>();
      counts.forEach(count -> sums.merge(count.room(), count.count(), Long::sum));
      return sums.entrySet().stream().map(e -> new Total(e.getKey(), e.getValue())).toList();
    }
  }

  public static void main(String[] args) throws Exception {
    new FromKafka(Long.parseLong(args[0])).run(Integer.parseInt(args[1]));
    System.exit(0); // the broker's threads are no daemons
  }

  private void run(int rounds) throws Exception {
    fill();
    ConnectionName postgres = new ConnectionName(Postgres.newDatabase("counts"));
    Figures figures = new Figures();
    for (int round = 0; round < rounds; round++) {
      figures.time("consumer and parser alone", messages, this::alone);
      figures.time("penstock, into records", messages, this::records);
      figures.time("penstock, adding upsert in PostgreSQL", messages, () -> addUp(postgres));
    }
    figures.print("From Kafka", messages);
  }

  private void fill() {
    long bytes =
        Pipeline.range(0, messages)
            .map(FromKafka::count)
            .to(topic().sink().create(1))
            .run()
            .bytes();
    System.out.println(bytes / messages + " bytes a message");
  }

  private static Count count(long id) {
    String note = "some words about what was counted, so and so";
    return new Count(1_000_000_000 + id, ROOMS.get((int) (id % 3)), id % 10, note);
  }

  private KafkaTopic<Count> topic() {
    return Kafka.topic(kafka, topic, Count.class);
  }

  private long alone() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", KafkaBroker.address());
    properties.put("max.poll.records", "4000");
    JsonCodec<Count> json = JsonCodec.of(Count.class);
    long sum = 0;
    long read = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (read < messages) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(100));
        for (ConsumerRecord<byte[], byte[]> record : polled) {
          sum += json.read(record.value(), 0, record.value().length).count();
          read++;
        }
      }
    }
    check(sum);
    return read;
  }

  private long records() {
    long[] sum = new long[1];
    long read = Pipeline.from(topic().untilNow()).forEach(count -> sum[0] += count.count()).in();
    check(sum[0]);
    return read;
  }

  private void check(long sum) {
    if (sum / messages != 4) { // the digits' mean is 4.5
      throw new IllegalStateException("the counts came to " + sum);
    }
  }

  private long addUp(ConnectionName postgres) {
    return Pipeline.from(topic().untilNow())
        .batch(100)
        .flatMap(Total::of)
        .to(
            Jdbc.table(postgres, "totals", Total.class)
                .upsert("room")
                .adding("total_count")
                .create())
        .resumable("run " + System.nanoTime())
        .run()
        .in();
  }
}
