package dev.penstock.objects.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.KafkaBroker;
import dev.penstock.testkit.MemberProcess;
import dev.penstock.testkit.Seed;
import dev.penstock.testkit.s3.S3Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Two processes of a group that are killed, and stopped past their session and woken, while
/// messages come: each message is in one object.
///
/// The short form stores 9,000 messages with three faults; `-Dpenstock.long=true` a million with
/// fifty.
class ColdstorageKillTest {
  private static final boolean LONG = Boolean.getBoolean("penstock.long");
  private static final int MESSAGES = LONG ? 1_000_000 : 9_000;
  private static final int FAULTS = LONG ? 50 : 3;
  private static final Duration PATIENCE = Duration.ofSeconds(LONG ? 600 : 100);

  /// Longer than the session, so that the others take over.
  private static final Duration STOPPED = Duration.ofMillis(2_500);

  private final Random random = new Random(Seed.of("killed writers to a bucket"));
  private final S3Server server = TestServer.shared();
  private final Coldstorage coldstorage =
      new Coldstorage(
          "kafka://" + KafkaBroker.address() + "?session.timeout.ms=2000&heartbeat.interval.ms=500",
          "rooms-" + UUID.randomUUID(),
          server.url(),
          TestServer.newBucket().bucket());
  private final List<MemberProcess> members = new ArrayList<>();

  @Test
  void each_message_is_in_one_object_whoever_is_killed_or_stopped() throws Exception {
    try {
      members.add(coldstorage.member());
      members.add(coldstorage.member());
      int each = MESSAGES / FAULTS;
      for (int fault = 0; fault < FAULTS; fault++) {
        coldstorage.send(fault * each, (fault + 1) * each);
        await(fault * each + 1 + random.nextInt(each / 2)); // in the middle of its work, most times
        strike(fault % 2 == 0);
      }
      await(FAULTS * each);
      coldstorage.assertExact(server, FAULTS * each);
      awaitNothingUnfinished();
    } finally {
      for (MemberProcess member : members) {
        member.close();
      }
    }
  }

  /// What the killed have begun is aborted by who took over, and what the stopped have, by
  /// themselves.
  private void awaitNothingUnfinished() throws Exception {
    Instant until = Instant.now().plus(PATIENCE);
    while (server.unfinished(coldstorage.bucket()) > 0) {
      assertThat(Instant.now()).isBefore(until);
      Thread.sleep(50);
    }
  }

  private void strike(boolean kill) throws Exception {
    MemberProcess one = members.get(random.nextInt(members.size()));
    if (kill) {
      one.close();
      members.remove(one);
      members.add(coldstorage.member());
    } else {
      one.signal("STOP");
      Thread.sleep(STOPPED);
      one.signal("CONT");
    }
  }

  private void await(int stored) throws Exception {
    Instant until = Instant.now().plus(PATIENCE);
    while (coldstorage.stored(server) < stored) {
      for (MemberProcess member : members) {
        assertThat(member.isAlive()).as(member.output()).isTrue();
      }
      assertThat(Instant.now()).as("%s stored", stored).isBefore(until);
      Thread.sleep(100);
    }
  }
}
