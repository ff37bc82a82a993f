package dev.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.MemberProcess;
import dev.penstock.testkit.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Members of a group that copy a topic in transactions, and end at each point of a transaction,
/// are killed at random, and stopped past their session and woken: who reads what is committed sees
/// each message once.
///
/// The short form copies about 8,000 messages with six faults; `-Dpenstock.long=true` 400,000 with
/// ninety.
class TopicCopyKillTest {
  private static final boolean LONG = Boolean.getBoolean("penstock.long");
  private static final int ROUNDS = LONG ? 15 : 1;
  private static final int EACH = LONG ? 6_666 : 2_000;
  private static final int PARTITIONS = 4;

  /// Longer than the session, so that the others take over.
  private static final Duration STOPPED = Duration.ofMillis(2_500);

  private final Random random = new Random(Seed.of("killed members that copy a topic"));
  private final List<MemberProcess> members = new ArrayList<>();
  private int sent;

  @AfterEach
  void killAll() throws Exception {
    for (MemberProcess member : members) {
      member.close();
    }
  }

  @Test
  void each_message_is_copied_once_wherever_members_end() throws Exception {
    TestTopic in = TestTopic.of(PARTITIONS);
    TestTopic out = TestTopic.of(2);
    TopicCopy copy = TopicCopy.of(in, out);
    try (Committed seen = new Committed(out)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (HaltAt.Point point : HaltAt.Point.values()) {
          members.add(copy.haltingAt(point, 1 + random.nextInt(2)).member());
        }
        send(in, EACH);
        awaitEnded(in);
        members.add(copy.member());
        members.add(copy.member());
        await(seen, sent - EACH / 2);
        send(in, EACH);
        await(seen, sent - random.nextInt(EACH));
        members.removeFirst().close();
        members.add(copy.member());
        send(in, EACH);
        await(seen, sent - random.nextInt(EACH));
        members.getFirst().signal("STOP");
        send(in, EACH);
        Thread.sleep(STOPPED);
        members.getFirst().signal("CONT");
        await(seen, sent);
        killAll();
        members.clear();
      }
      assertThat(seen.twice()).isEmpty();
      assertThat(seen.values())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, sent).mapToObj(id -> "copy of " + id).toList());
    }
  }

  private void send(TestTopic in, int messages) throws Exception {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      int first = sent + partition;
      in.sendTexts(
          partition,
          IntStream.iterate(first, id -> id < sent + messages, id -> id + PARTITIONS)
              .mapToObj(Integer::toString)
              .toList());
    }
    sent += messages;
  }

  /// Waits until all members have come to the points where they end. There must be enough to do.
  private void awaitEnded(TestTopic in) throws Exception {
    Instant until = Instant.now().plusSeconds(120);
    while (members.stream().anyMatch(MemberProcess::isAlive)) {
      assertThat(Instant.now()).isBefore(until);
      Thread.sleep(500);
      send(in, 40);
    }
    for (MemberProcess member : members) {
      assertThat(member.output()).doesNotContain("Exception in thread");
      member.close();
    }
    members.clear();
  }

  private void await(Committed seen, int wanted) throws Exception {
    Instant until = Instant.now().plusSeconds(120);
    while (seen.size() < wanted) {
      for (MemberProcess member : members) {
        assertThat(member.isAlive()).as(member.output()).isTrue();
      }
      assertThat(Instant.now()).as("%s of %s copied", seen.size(), wanted).isBefore(until);
      Thread.sleep(20);
    }
  }
}
