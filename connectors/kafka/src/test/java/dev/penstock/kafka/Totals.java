package dev.penstock.kafka;

import dev.penstock.data.ConnectionName;
import dev.penstock.jdbc.DatabaseFailure;
import dev.penstock.jdbc.Jdbc;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.Steps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Numbered messages of a topic, counted and added up by room in a table: shows what is lost, and
/// what is counted twice.
///
/// @param kafka a URL
/// @param database a URL
record Totals(String kafka, String topic, String database, String table) {

  record Message(long id, String room, long count) {
    static Message of(long id) {
      return new Message(id, "room " + id % 7, id % 10);
    }

    String json() {
      return "{\"id\":%d,\"room\":\"%s\",\"count\":%d}".formatted(id, room, count);
    }
  }

  record Total(String room, long totalCount, long messages) {
    static List<Total> of(List<Message> messages) {
      return messages.stream().map(m -> new Total(m.room(), m.count(), 1)).toList();
    }
  }

  /// Sends the messages of these numbers, spread over the partitions.
  static void send(TestTopic topic, int partitions, int from, int to) throws Exception {
    for (int partition = 0; partition < partitions; partition++) {
      List<String> values = new ArrayList<>();
      for (int id = from + partition; id < to; id += partitions) {
        values.add(Message.of(id).json());
      }
      topic.sendTexts(partition, values);
    }
  }

  /// The topic by a group of its own, whose members hear soon of each other, and are soon missed.
  KafkaSource<Message> source() {
    return Kafka.topic(
            new ConnectionName(kafka + "?heartbeat.interval.ms=100&session.timeout.ms=1500"),
            topic,
            Message.class)
        .group(topic);
  }

  /// Adds up by batches that a commit does not cut unless it has to.
  RunnablePipeline pipeline() {
    return Pipeline.from(source())
        .batch(100, Steps.within(Duration.ofMillis(200)))
        .flatMap(Total::of)
        .to(
            Jdbc.table(new ConnectionName(database), table, Total.class)
                .upsert("room")
                .adding("total_count", "messages")
                .create())
        .resumable(topic, Steps.commitEvery(500, Steps.within(Duration.ofMillis(300))));
  }

  /// How many messages are counted.
  long counted() {
    return number("SELECT COALESCE(sum(messages), 0)::bigint FROM " + table);
  }

  /// What was counted, added up.
  long sum() {
    return number("SELECT sum(total_count)::bigint FROM " + table);
  }

  /// What the messages from 0 on come to, added up.
  static long sum(int messages) {
    long sum = 0;
    for (int id = 0; id < messages; id++) {
      sum += Message.of(id).count();
    }
    return sum;
  }

  /// A number that is asked for; 0 while the table is not made.
  long number(String sql) {
    try {
      return Objects.requireNonNull(
          (Long) Jdbc.rows(new ConnectionName(database), sql).getFirst().get(0));
    } catch (DatabaseFailure e) {
      return 0;
    }
  }
}
