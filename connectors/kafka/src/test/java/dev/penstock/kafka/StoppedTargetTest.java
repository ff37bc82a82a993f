package dev.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.ConnectionName;
import dev.penstock.jdbc.Jdbc;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.testkit.Postgres;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A database that stands still, in the middle of its work, for longer than a member of a group may
/// go without asking for records: by `-Dpenstock.long=true` for ten minutes, where that is five, as
/// it is by default.
@Timeout(1_200)
class StoppedTargetTest {
  private static final boolean LONG = Boolean.getBoolean("penstock.long");
  private static final Duration STOPPED = LONG ? Duration.ofMinutes(10) : Duration.ofSeconds(16);
  private static final String PATIENCE = LONG ? "" : "?max.poll.interval.ms=15000";
  private static final int FIRST = 5_000;
  private static final int ALL = 75_000;

  /// A message has about this many bytes, so that all of them are far more than may wait.
  private static final int BYTES = 1_000;

  private static final long SOME_NOISE = 8 << 20;
  private static final String PADDING = "x".repeat(BYTES);

  private final String database = Postgres.newDatabase("stopped");

  private static void send(TestTopic topic, int from, int to) throws Exception {
    List<String> values = new ArrayList<>();
    for (int id = from; id < to; id++) {
      String json = Totals.Message.of(id).json();
      values.add(json.substring(0, json.length() - 1) + ",\"padding\":\"" + PADDING + "\"}");
    }
    topic.sendTexts(0, values);
  }

  /// The processes of the server that work for the pipeline.
  private List<Long> workers() {
    return Jdbc.rows(
            new ConnectionName(database),
            "SELECT pid::bigint FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        .stream()
        .map(row -> (Long) row.get(0))
        .toList();
  }

  private static void signal(String signal, List<Long> processes) throws Exception {
    for (long process : processes) {
      int exit =
          new ProcessBuilder("kill", "-" + signal, Long.toString(process))
              .inheritIO()
              .start()
              .waitFor();
      assertThat(exit).isZero();
    }
  }

  private static List<String> members(String group) throws Exception {
    try (var admin = TestTopic.admin()) {
      return admin
          .describeConsumerGroups(List.of(group))
          .describedGroups()
          .get(group)
          .get()
          .members()
          .stream()
          .map(MemberDescription::consumerId)
          .toList();
    }
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void the_heap_stays_flat_the_group_as_it_is_and_nothing_is_lost() throws Exception {
    TestTopic topic = TestTopic.of(1);
    send(topic, 0, FIRST);
    RunnablePipeline copy =
        Pipeline.from(
                Kafka.topic(
                        new ConnectionName(TestTopic.connection().value() + PATIENCE),
                        topic.name(),
                        Totals.Message.class)
                    .group(topic.name()))
            .to(Jdbc.table(new ConnectionName(database), "copied", Totals.Message.class).create())
            .resumable(topic.name(), Steps.commitEvery(500, Steps.within(Duration.ofMillis(50))));
    Totals copied = new Totals(TestTopic.connection().value(), topic.name(), database, "copied");
    try (Member member = Member.start(copy)) {
      member.await(() -> copied.number("SELECT count(*) FROM copied") == FIRST);
      List<Long> workers = workers();
      assertThat(workers).isNotEmpty();
      signal("STOP", workers);
      try {
        send(topic, FIRST, ALL);
        member.await(() -> member.run().lag().orElse(0) > ALL - FIRST - 2_000);
        List<String> before = members(topic.name());
        long read = member.records();
        long used = heap();
        Thread.sleep(STOPPED);
        assertThat(member.runs()).as("runs; another begins where a member was put out").isOne();
        assertThat(heap()).as("heap in use").isLessThan(used + SOME_NOISE);
        assertThat(member.records()).as("records read").isLessThanOrEqualTo(read + 1_000);
        assertThat(members(topic.name())).as("members").isEqualTo(before).hasSize(1);
      } finally {
        signal("CONT", workers);
      }
      member.await(() -> copied.number("SELECT count(*) FROM copied") >= ALL);
      assertThat(member.runs()).as("runs").isOne();
      assertThat(copied.number("SELECT count(DISTINCT id) FROM copied")).isEqualTo(ALL);
    }
  }
}
