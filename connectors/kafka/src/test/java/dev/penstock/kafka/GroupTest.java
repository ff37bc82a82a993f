package dev.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ConnectionName;
import dev.penstock.jdbc.Jdbc;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.testkit.KafkaBroker;
import dev.penstock.testkit.NoLeaks;
import dev.penstock.testkit.Postgres;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Members of a group that come, go, and hang, against a real broker and a real database: each
/// message is counted once.
@NoLeaks
@Timeout(180)
class GroupTest {
  private static String database;

  @BeforeAll
  static void makeDatabase() {
    database = Postgres.newDatabase("kafka");
    KafkaBroker.address(); // starts the broker, which is no leak of the first test
  }

  private static TestTopic filled(int partitions, int messages) throws Exception {
    TestTopic topic = TestTopic.of(partitions);
    Totals.send(topic, partitions, 0, messages);
    return topic;
  }

  private static Totals totals(TestTopic topic, String table) {
    return new Totals(TestTopic.connection().value(), topic.name(), database, table);
  }

  private static void assertExact(Totals totals, int messages) {
    assertThat(totals.counted()).isEqualTo(messages);
    assertThat(totals.sum()).isEqualTo(Totals.sum(messages));
  }

  private static void await(Member member, Totals totals, long messages) throws Exception {
    member.await(() -> totals.counted() >= messages);
  }

  @Test
  void a_group_goes_on_where_it_was() throws Exception {
    TestTopic topic = filled(3, 2_000);
    Totals totals = totals(topic, "once");
    try (Member first = Member.start(totals.pipeline())) {
      await(first, totals, 2_000);
    }
    Totals.send(topic, 3, 2_000, 3_000);
    try (Member second = Member.start(totals.pipeline())) {
      await(second, totals, 3_000);
      assertThat(second.run().steps().getFirst().figures().out()).isLessThanOrEqualTo(1_500);
    }
    assertExact(totals, 3_000);
  }

  @Test
  void members_that_come_and_go_share_the_work() throws Exception {
    TestTopic topic = filled(4, 1_000);
    Totals totals = totals(topic, "shared");
    try (Member first = Member.start(totals.pipeline())) {
      await(first, totals, 1_000);
      try (Member second = Member.start(totals.pipeline())) {
        int sent = 1_000;
        while (second.records() == 0) {
          Totals.send(topic, 4, sent, sent + 400);
          sent += 400;
          await(first, totals, sent);
        }
        Totals.send(topic, 4, sent, sent + 400);
        await(second, totals, sent + 400);
        first.close();
        Totals.send(topic, 4, sent + 400, sent + 800);
        await(second, totals, sent + 800);
        assertExact(totals, sent + 800);
      }
    }
  }

  @Test
  void offsets_of_the_group_are_hints_only() throws Exception {
    TestTopic topic = filled(1, 500);
    Totals totals = totals(topic, "hints");
    try (Member member = Member.start(totals.pipeline())) {
      await(member, totals, 500);
      member.await(() -> topic.offsets(topic.name()).equals(Map.of(0, 500L)));
    }
    try (var admin = TestTopic.admin()) {
      admin.deleteConsumerGroups(List.of(topic.name())).all().get();
    }
    Totals.send(topic, 1, 500, 600);
    try (Member member = Member.start(totals.pipeline())) {
      await(member, totals, 600);
    }
    assertExact(totals, 600);
  }

  @Test
  void lag_is_told_while_it_runs() throws Exception {
    TestTopic topic = filled(1, 12_000);
    RunnablePipeline slow =
        Pipeline.from(totals(topic, "lagging").source())
            .tap(message -> Thread.sleep(1))
            .to(Jdbc.table(new ConnectionName(database), "lagging", Totals.Message.class).create());
    try (Member member = Member.start(slow)) {
      member.await(() -> member.runs() > 0 && member.run().lag().orElse(0) > 1_000);
    }
  }

  @Test
  void a_slow_target_breaks_no_session_and_reads_no_further_ahead() throws Exception {
    TestTopic topic = filled(1, 60_000);
    RunnablePipeline slow =
        Pipeline.from(
                Kafka.topic(
                        new ConnectionName(
                            TestTopic.connection().value()
                                + "?max.poll.interval.ms=1000&session.timeout.ms=1000&heartbeat.interval.ms=200"),
                        topic.name(),
                        Totals.Message.class)
                    .group(topic.name()))
            .tap(message -> {
              if (message.id() == 10) {
                Thread.sleep(2_500); // longer than a member may be silent
              }
            })
            .to(Jdbc.table(new ConnectionName(database), "slow", Totals.Message.class).create());
    try (Member member = Member.start(slow)) {
      member.await(() -> totals(topic, "slow").number("SELECT count(*) FROM slow") == 60_000);
      assertThat(member.runs()).as("runs; another begins where a member was put out").isEqualTo(1);
    }
  }

  @Test
  void a_topic_that_was_made_anew_is_refused() throws Exception {
    TestTopic topic = filled(1, 100);
    Totals totals = totals(topic, "anew");
    try (Member member = Member.start(totals.pipeline())) {
      await(member, totals, 100);
    }
    topic.delete();
    TestTopic.untilGone(topic);
    topic.make(1, Map.of());
    Totals.send(topic, 1, 0, 300);
    assertThatThrownBy(() -> totals.pipeline().run())
        .isInstanceOf(KafkaFailure.class)
        .hasMessage(
            "topic \"%s\" was deleted and made anew since: what this pipeline has committed are offsets of the old one. To read the new one from its start, make it forget its positions",
            topic.name());
    totals.pipeline().forgetPositions();
    try (Member member = Member.start(totals.pipeline())) {
      await(member, totals, 400);
    }
  }

  @Test
  void offsets_that_have_expired_are_told() throws Exception {
    TestTopic topic = filled(1, 100);
    Totals totals = totals(topic, "expired");
    try (Member member = Member.start(totals.pipeline())) {
      await(member, totals, 100);
    }
    Totals.send(topic, 1, 100, 300);
    topic.expire(0, 250);
    assertThatThrownBy(() -> totals.pipeline().run())
        .isInstanceOf(KafkaFailure.class)
        .hasMessage(
            "offset 100 of topic \"%s\", partition 0 has expired: the oldest record there has offset 250, those before it are lost to this pipeline. To go on with what is there, make it forget its positions",
            topic.name());
  }
}
