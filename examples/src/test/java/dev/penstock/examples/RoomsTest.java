package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.ConnectionName;
import dev.penstock.files.parquet.ParquetFile;
import dev.penstock.jdbc.DatabaseFailure;
import dev.penstock.jdbc.Jdbc;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreLocation;
import dev.penstock.testkit.KafkaBroker;
import dev.penstock.testkit.Postgres;
import dev.penstock.testkit.s3.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pipelines of the rooms, by the command, against a real broker and a real database.
class RoomsTest {
  private static final Path ROOMS = Path.of("rooms").toAbsolutePath();
  private static final int MESSAGES = 3_000;

  @TempDir private static Path shared;
  private static Checkout checkout;
  private static S3Server lake;

  @TempDir private Path directory;
  private final String database = Postgres.newDatabase("rooms");

  @BeforeAll
  static void build() throws IOException {
    checkout = Checkout.built(shared);
    lake = S3Server.start("rooms", "open-sesame", 1_000);
    lake.createBucket("roomscounts");
  }

  @AfterAll
  static void stop() {
    lake.close();
  }

  @Test
  void each_message_is_counted_once_and_SIGTERM_ends_the_run() throws Exception {
    Command.Result generated =
        penstock("gendata.java", "--param", "messages=" + MESSAGES, "--param", "perSecond=10000")
            .run();
    assertThat(generated.exit()).as(generated.err()).isZero();
    Process coldstorage =
        penstock("coldstorage.java", "--param", "records=500", "--param", "within=PT1S").start();
    Process reckoning = penstock("reckoning.java").start();
    try {
      while (counted() < MESSAGES) {
        assertThat(reckoning.isAlive()).isTrue();
        Thread.sleep(50);
      }
      while (stored() < MESSAGES) {
        assertThat(coldstorage.isAlive()).isTrue();
        Thread.sleep(50);
      }
      // Process.destroy would close what it still has to say
      new ProcessBuilder("kill", "-TERM", "" + reckoning.pid()).start().waitFor();
      Command.Result ended = Command.await(reckoning);
      assertThat(ended.err()).contains("Cancelled in ");
    } finally {
      reckoning.destroyForcibly();
      coldstorage.destroyForcibly();
    }
    assertThat(stored()).isEqualTo(MESSAGES);
    assertThat(counted()).isEqualTo(MESSAGES);
    assertThat(
            Jdbc.rows(
                    new ConnectionName(database), "SELECT room FROM room_n_total_counts ORDER BY 1")
                .toString())
        .isEqualTo("[Row[room=A], Row[room=B], Row[room=C]]");
  }

  @Test
  void they_write_their_imports() throws Exception {
    for (String example : List.of("gendata.java", "reckoning.java", "coldstorage.java")) {
      assertThat(checkout.penstock("imports", ROOMS.resolve(example).toString()).run().out())
          .endsWith(" has all its imports\n");
    }
  }

  private Command penstock(String program, String... arguments) {
    return checkout
        .penstock("run", ROOMS.resolve(program).toString())
        .with(arguments)
        .in(directory)
        .env("PENSTOCK_HOME", directory.resolve("home").toString())
        .env("PENSTOCK_CONNECTION_KAFKA", "kafka://" + KafkaBroker.address())
        .env("PENSTOCK_CONNECTION_POSTGRES", database)
        .env("PENSTOCK_CONNECTION_LAKE", lake.url());
  }

  /// How many messages the Parquet files hold that can be seen.
  private static long stored() throws IOException {
    long rows = 0;
    for (String key : lake.keys("roomscounts")) {
      if (key.endsWith(".parquet")) {
        assertThat(key).startsWith("env=dv/source=rooms/subsrc=midgar/kind=raw/yr=");
        StoreLocation object =
            ObjectStore.s3("roomscounts").at(key).by(new ConnectionName(lake.url()));
        try (ParquetFile file = ParquetFile.open(object.read(), key)) {
          rows += file.rows();
        }
      }
    }
    return rows;
  }

  /// How many messages are counted; 0 while the table is not made.
  private long counted() {
    try {
      return Objects.requireNonNull(
          (Long)
              Jdbc.rows(
                      new ConnectionName(database),
                      "SELECT COALESCE(sum(messages), 0)::bigint FROM room_n_total_counts")
                  .getFirst()
                  .get(0));
    } catch (DatabaseFailure e) {
      return 0;
    }
  }
}
