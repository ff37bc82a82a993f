package dev.penstock.objects.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.MemberProcess;
import dev.penstock.testkit.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A million in, a million out: numbered messages are stored by one pipeline and added up by
/// another, each by a group of two members, while all that takes part is killed: members, broker,
/// database, object store. Members are also stopped past their session and woken.
///
/// The short form has 10,000 messages and a fault of each kind; `-Dpenstock.long=true` a million
/// and fifty.
class RoomsMillionTest {
  private static final boolean LONG = Boolean.getBoolean("penstock.long");
  private static final int MESSAGES = LONG ? 1_000_000 : 10_000;
  private static final int FAULTS = LONG ? 50 : Fault.values().length;
  private static final Duration PATIENCE = Duration.ofSeconds(LONG ? 600 : 300);

  /// Longer than the session, so that the other takes over.
  private static final Duration STOPPED = Duration.ofMillis(3_500);

  enum Fault {
    MEMBER_KILLED,
    MEMBER_STOPPED,
    BROKER_KILLED,
    DATABASE_KILLED,
    STORE_KILLED
  }

  @TempDir private Path directory;
  private final Random random = new Random(Seed.of("rooms whose servers are killed"));
  private final List<MemberProcess> members = new ArrayList<>();
  private final Map<String, Long> rows = new HashMap<>();
  private int startedAgain;

  @Test
  void each_message_is_stored_and_counted_once_whatever_is_killed() throws Exception {
    try (RoomsServers servers = new RoomsServers(directory, random)) {
      String kafka = servers.kafka() + "?session.timeout.ms=3000&heartbeat.interval.ms=500";
      Coldstorage coldstorage = new Coldstorage(kafka, "rooms-v1", servers.lake(), "lake");
      Reckoning reckoning = new Reckoning(kafka, "rooms-v1", servers.database());
      RoomsMember member = new RoomsMember(coldstorage, reckoning, LONG ? 5_000 : 1_000);
      int each = MESSAGES / FAULTS;
      coldstorage.send(0, 1);
      members.add(member.start());
      members.add(member.start());
      List<Fault> kinds = kinds();
      for (int fault = 0; fault < FAULTS; fault++) {
        int from = Math.max(1, fault * each);
        int to = (fault + 1) * each;
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> coldstorage.send(from, to));
        await(member, coldstorage, reckoning, from + random.nextInt(each / 2));
        strike(kinds.get(fault), member, servers);
        sent.join();
      }
      await(member, coldstorage, reckoning, MESSAGES);
      coldstorage.assertExact(MESSAGES);
      assertThat(reckoning.totals()).isEqualTo(Reckoning.totals(MESSAGES));
      System.out.printf(
          "%d messages, %d faults, members started again %d times%n",
          MESSAGES, FAULTS, startedAgain);
    } finally {
      for (MemberProcess each : members) {
        each.close();
      }
    }
  }

  /// Every kind as often as the others, in any order.
  private List<Fault> kinds() {
    List<Fault> kinds = new ArrayList<>();
    while (kinds.size() < FAULTS) {
      kinds.addAll(List.of(Fault.values()));
    }
    Collections.shuffle(kinds, random);
    return kinds;
  }

  private void strike(Fault kind, RoomsMember member, RoomsServers servers) throws Exception {
    MemberProcess one = members.get(random.nextInt(members.size()));
    switch (kind) {
      case MEMBER_KILLED -> {
        one.close();
        members.remove(one);
        members.add(member.start());
      }
      case MEMBER_STOPPED -> {
        one.signal("STOP");
        Thread.sleep(STOPPED);
        one.signal("CONT");
      }
      case BROKER_KILLED -> servers.killKafka();
      case DATABASE_KILLED -> servers.killDatabase();
      case STORE_KILLED -> servers.killLake();
    }
  }

  /// Waits for messages to be stored and counted; starts members again that a server's end has
  /// ended, as whatever keeps a deployment up does.
  private void await(RoomsMember member, Coldstorage coldstorage, Reckoning reckoning, int messages)
      throws Exception {
    Instant until = Instant.now().plus(PATIENCE);
    long stored = 0;
    long counted = 0;
    while (stored < messages || counted < messages) {
      stored = coldstorage.stored(rows);
      counted = reckoning.counted();
      for (MemberProcess one : List.copyOf(members)) {
        if (!one.isAlive()) {
          startedAgain++;
          one.close();
          members.remove(one);
          members.add(member.start());
        }
      }
      assertThat(Instant.now())
          .as("%s stored and %s counted of %s: %s", stored, counted, messages, outputs())
          .isBefore(until);
      Thread.sleep(100);
    }
  }

  private String outputs() throws Exception {
    StringBuilder all = new StringBuilder();
    for (MemberProcess member : members) {
      all.append(member.output());
    }
    return all.toString();
  }
}
