package dev.penstock.objects.s3;

import dev.penstock.data.ConnectionName;
import dev.penstock.jdbc.DatabaseFailure;
import dev.penstock.jdbc.Jdbc;
import dev.penstock.kafka.Kafka;
import dev.penstock.objects.s3.Coldstorage.Count;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// A pipeline that adds up the messages of a topic by room, in a table, and what must be there when
/// it has.
///
/// @param kafka the URL of the broker
/// @param database a URL
record Reckoning(String kafka, String topic, String database) {
  private static final String TABLE = "room_n_total_counts";
  private static final int ROOMS = 7;

  record Total(String room, long totalCount, long messages) {
    static Total of(Count count) {
      return new Total("room " + count.id() % ROOMS, count.id() % 10, 1);
    }
  }

  RunnablePipeline pipeline() {
    return Pipeline.from(
            Kafka.topic(new ConnectionName(kafka), topic, Count.class).group("reckoning"))
        .batch(100, Steps.within(Duration.ofMillis(200)))
        .flatMap(counts -> counts.stream().map(Total::of).toList())
        .to(
            Jdbc.table(new ConnectionName(database), TABLE, Total.class)
                .upsert("room")
                .adding("total_count", "messages")
                .create())
        .resumable("reckoning", Steps.commitEvery(1_000, Steps.within(Duration.ofMillis(300))));
  }

  /// What is counted by room; nothing while the table is not made, or the database down.
  Map<String, Total> totals() {
    Map<String, Total> totals = new TreeMap<>();
    try {
      Pipeline.from(Jdbc.read(new ConnectionName(database), TABLE, Total.class))
          .forEach(total -> totals.put(total.room(), total));
    } catch (DatabaseFailure e) {
      totals.clear();
    }
    return totals;
  }

  long counted() {
    return totals().values().stream().mapToLong(Total::messages).sum();
  }

  /// What the messages from 0 on come to.
  static Map<String, Total> totals(int messages) {
    Map<String, Total> totals = new TreeMap<>();
    for (int id = 0; id < messages; id++) {
      Total one = Total.of(new Count(id, Instant.EPOCH));
      totals.merge(
          one.room(),
          one,
          (a, b) ->
              new Total(a.room(), a.totalCount() + b.totalCount(), a.messages() + b.messages()));
    }
    return totals;
  }
}
