package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.ConnectionName;
import dev.penstock.jdbc.DatabaseFailure;
import dev.penstock.jdbc.Jdbc;
import dev.penstock.kafka.Kafka;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.testkit.KafkaBroker;
import dev.penstock.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pipeline that is always on, deployed as in `examples/rooms/penstock.yaml`, through a crash of
/// its process and the end of its worker.
class AlwaysOnTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Path ROOMS = Checkout.real().root().resolve("examples/rooms");

  @TempDir private static Path shared;
  private static Checkout checkout;

  @TempDir private Path directory;
  private final ConnectionName database = new ConnectionName(Postgres.newDatabase("rooms"));

  record RoomCount(Instant ts, String room, long count) {}

  @BeforeAll
  static void build() throws IOException {
    checkout = Checkout.built(shared);
  }

  @Test
  void it_goes_on_after_a_crash_and_SIGTERM_leaves_whole_batches() throws Exception {
    publish(1_000);
    Command.Result deployed =
        penstock("deploy", ROOMS.resolve("reckoning.java").toString())
            .with("--name", "always-on", "--always", "1m")
            .run();
    assertThat(deployed.exit()).as(deployed.err()).isZero();
    Path log = directory.resolve("worker.log");
    Process worker = penstock("worker", "start", "--grace", "1s").start(log);
    try {
      await(1_000, worker, log);
      ProcessHandle run = worker.descendants().findFirst().orElseThrow();
      run.destroyForcibly();
      publish(500);
      await(1_500, worker, log);
      assertThat(run.isAlive()).isFalse();
      publish(20_000); // it is in the middle of these
      await(1_600, worker, log);
      worker.toHandle().destroy();
      assertThat(worker.waitFor()).as(Files.readString(log)).isEqualTo(143);
    } finally {
      worker.descendants().forEach(ProcessHandle::destroyForcibly);
      worker.destroyForcibly();
    }
    assertThat(counted()).isEqualTo(committed()).isBetween(1_600L, 21_500L);
    String runs = penstock("flow-run", "ls", "--output", "json").run().out();
    assertThat(runs).contains("has ended").doesNotContain("\"Running\"");
  }

  private static void publish(int messages) {
    ConnectionName kafka = new ConnectionName("kafka://" + KafkaBroker.address());
    Pipeline.over(
            IntStream.range(0, messages)
                .mapToObj(i -> new RoomCount(Instant.now(), "ABC".substring(i % 3, i % 3 + 1), 1))
                .toList())
        .to(Kafka.topic(kafka, "rooms-v1", RoomCount.class).key(RoomCount::room).create(3))
        .run();
  }

  private void await(long messages, Process worker, Path log) throws Exception {
    Instant until = Instant.now().plus(PATIENCE);
    while (counted() < messages) {
      assertThat(worker.isAlive()).as(Files.readString(log)).isTrue();
      assertThat(Instant.now()).as(Files.readString(log)).isBefore(until);
      Thread.sleep(20);
    }
  }

  /// How many messages are counted; 0 while the table is not made.
  private long counted() {
    try {
      return Objects.requireNonNull(
          (Long)
              Jdbc.rows(
                      database,
                      "SELECT COALESCE(sum(messages), 0)::bigint FROM room_n_total_counts")
                  .getFirst()
                  .get(0));
    } catch (DatabaseFailure e) {
      return 0;
    }
  }

  /// How many messages lie before the positions that are committed.
  private long committed() throws Exception {
    String positions =
        penstock("positions", "ls", database.value(), "--output", "json").run().out();
    return Pattern.compile("offset=(\\d+)")
        .matcher(positions)
        .results()
        .mapToLong(match -> Long.parseLong(match.group(1)))
        .sum();
  }

  private Command penstock(String... words) {
    return checkout
        .penstock(words)
        .in(directory)
        .env("PENSTOCK_HOME", directory.resolve("home").toString())
        .env("PENSTOCK_SPECS", ROOMS.resolve("specs.yaml").toString())
        .env("KAFKA_BOOTSTRAP_SERVERS", KafkaBroker.address() + "?default.api.timeout.ms=120000")
        .env("POSTGRES_URL", database.value());
  }
}
