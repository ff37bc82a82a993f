package dev.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.MemberProcess;
import dev.penstock.testkit.Postgres;
import dev.penstock.testkit.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Two processes of a group that are killed, and stopped past their session and woken, while
/// messages come: each message is counted once.
///
/// The short form counts 12,000 messages with three faults; `-Dpenstock.long=true` a million with
/// fifty.
class GroupKillTest {
  private static final boolean LONG = Boolean.getBoolean("penstock.long");
  private static final int MESSAGES = LONG ? 1_000_000 : 12_000;
  private static final int FAULTS = LONG ? 50 : 3;
  private static final int PARTITIONS = 4;

  /// Longer than the session, so that the others take over.
  private static final Duration STOPPED = Duration.ofMillis(2_500);

  private final Random random = new Random(Seed.of("killed members of a group"));

  @Test
  void each_message_is_counted_once_whoever_is_killed_or_stopped() throws Exception {
    TestTopic topic = TestTopic.of(PARTITIONS);
    Totals totals =
        new Totals(
            TestTopic.connection().value(),
            topic.name(),
            Postgres.newDatabase("kafka_kill"),
            "totals");
    List<MemberProcess> members = new ArrayList<>();
    try {
      members.add(totals.member());
      members.add(totals.member());
      int each = MESSAGES / FAULTS;
      for (int fault = 0; fault < FAULTS; fault++) {
        Totals.send(topic, PARTITIONS, fault * each, (fault + 1) * each);
        // in the middle of its work, most times
        await(totals, members, fault * each + 1 + random.nextInt(each / 2));
        strike(members, totals, fault % 3);
      }
      int sent = FAULTS * each;
      await(totals, members, sent);
      assertThat(totals.counted()).isEqualTo(sent);
      assertThat(totals.sum()).isEqualTo(Totals.sum(sent));
    } finally {
      for (MemberProcess member : members) {
        member.close();
      }
    }
  }

  private void strike(List<MemberProcess> members, Totals totals, int kind) throws Exception {
    MemberProcess one = members.get(random.nextInt(members.size()));
    switch (kind) {
      case 0 -> {
        one.close();
        members.remove(one);
        members.add(totals.member());
      }
      case 1 -> {
        one.signal("STOP");
        Thread.sleep(STOPPED);
        one.signal("CONT");
      }
      default -> {
        one.close();
        members.remove(one);
        Thread.sleep(random.nextInt(1_000)); // alone for a while
        members.add(totals.member());
      }
    }
  }

  private static void await(Totals totals, List<MemberProcess> members, long counted)
      throws Exception {
    Instant until = Instant.now().plusSeconds(LONG ? 600 : 100);
    while (totals.counted() < counted) {
      for (MemberProcess member : members) {
        assertThat(member.isAlive()).as(member.output()).isTrue();
      }
      assertThat(Instant.now()).as("%s of %s counted", totals.counted(), counted).isBefore(until);
      Thread.sleep(50);
    }
  }
}
