package dev.penstock.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ConnectionName;
import dev.penstock.jdbc.TestDatabase.Kind;
import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.TxWriter;
import dev.penstock.pipeline.connector.UnknownOutcome;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who was fenced changes nothing, and who fences waits for nobody; with transactions that are open
/// in the database, not only in the writer's buffers.
@Timeout(180)
class FenceTest {
  private static final Split SPLIT = new Split("file-1");

  /// So many that all loaders have sent some of them to the database.
  private static final int MANY = 300_000;

  record Event(long id, String name) {}

  private static JdbcTable<Event> table(TestDatabase database) {
    return Jdbc.table(database.connection(), "events", Event.class).create();
  }

  private static Cut cut(String from, String to) {
    return new Cut(
        from == null ? Map.of() : Map.of(SPLIT, Position.of(from)),
        Map.of(SPLIT, Position.of(to)),
        Map.of(),
        false);
  }

  private static void write(TxWriter<Event> writer, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      writer.write(new Event(i, "event " + i));
    }
  }

  private static String count(TestDatabase database) throws Exception {
    return database.query("SELECT count(*), count(DISTINCT id) FROM events").toString();
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "DUCKDB"})
  void a_zombie_with_an_open_transaction_changes_nothing_and_holds_nobody_up(Kind kind)
      throws Exception {
    TestDatabase database = TestDatabase.of(kind);
    try (CommitLog log = table(database).log()) {
      try (TxWriter<Event> zombie = table(database).open(log.claim("p", Set.of(SPLIT)))) {
        write(zombie, 0, 10);
        zombie.commit(cut(null, "10"));
        write(zombie, 10, MANY);
        long start = System.nanoTime();
        Claim taken = log.claim("p", Set.of(SPLIT));
        assertThat(System.nanoTime() - start).as("ns to claim").isLessThan(5_000_000_000L);
        assertThat(taken.last().get(SPLIT).to()).contains(Position.of("10"));
        assertThatThrownBy(() -> zombie.commit(cut("10", "" + MANY)))
            .isInstanceOf(Fenced.class)
            .hasMessageContaining("pipeline \"p\"");
        assertThat(count(database)).isEqualTo("[[10, 10]]");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "DUCKDB"})
  void a_zombie_is_fenced_too_after_the_next_writer_has_committed(Kind kind) throws Exception {
    TestDatabase database = TestDatabase.of(kind);
    try (CommitLog log = table(database).log();
        TxWriter<Event> zombie = table(database).open(log.claim("p", Set.of(SPLIT)))) {
      write(zombie, 0, 10);
      zombie.commit(cut(null, "10"));
      write(zombie, 10, MANY);
      try (TxWriter<Event> next = table(database).open(log.claim("p", Set.of(SPLIT)))) {
        write(next, 10, 30);
        next.commit(cut("10", "30"));
        assertThatThrownBy(() -> zombie.commit(cut("10", "" + MANY))).isInstanceOf(Fenced.class);
        write(next, 30, 40);
        next.commit(cut("30", "40"));
      }
      assertThat(count(database)).isEqualTo("[[40, 40]]");
      assertThat(log.claim("p", Set.of(SPLIT)).last().get(SPLIT).to()).contains(Position.of("40"));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void concurrent_claims_of_a_new_split_leave_one_owner(Kind kind) throws Exception {
    TestDatabase database = TestDatabase.of(kind);
    int claims = 6;
    Thread[] threads = new Thread[claims];
    for (int i = 0; i < claims; i++) {
      threads[i] =
          Thread.ofPlatform()
              .start(() -> {
                try (CommitLog log = table(database).log()) {
                  log.claim("p", Set.of(SPLIT));
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(database.query("SELECT epoch FROM penstock_position").toString())
        .isEqualTo("[[" + claims + "]]");
  }

  @Test
  void a_connection_that_is_cut_in_the_commit_leaves_the_outcome_unknown() throws Exception {
    TestDatabase database = TestDatabase.of(Kind.POSTGRESQL);
    try (CuttingProxy proxy = CuttingProxy.to(dev.penstock.testkit.Postgres.port())) {
      ConnectionName through =
          new ConnectionName(
              database
                  .connection()
                  .value()
                  .replaceFirst("127\\.0\\.0\\.1:\\d+", "127.0.0.1:" + proxy.port()));
      JdbcTable<Event> table = Jdbc.table(through, "events", Event.class).create();
      try (CommitLog log = table(database).log();
          TxWriter<Event> writer = table.open(log.claim("p", Set.of(SPLIT)))) {
        write(writer, 0, 10);
        proxy.cutWhenSent("COMMIT");
        assertThatThrownBy(() -> writer.commit(cut(null, "10")))
            .isInstanceOf(UnknownOutcome.class)
            .hasMessageStartingWith("the connection to ")
            .hasMessageNotContaining("password=postgres");
      }
    }
  }

  @Test
  void a_session_that_is_terminated_before_the_commit_has_committed_nothing() throws Exception {
    TestDatabase database = TestDatabase.of(Kind.POSTGRESQL);
    try (CommitLog log = table(database).log();
        TxWriter<Event> writer = table(database).open(log.claim("p", Set.of(SPLIT)))) {
      write(writer, 0, MANY);
      database.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY%' AND datname = current_database()");
      assertThatThrownBy(() -> writer.commit(cut(null, "10")))
          .isInstanceOfAny(DatabaseFailure.class, UnknownOutcome.class);
      assertThat(log.claim("p", Set.of(SPLIT)).last()).isEmpty();
    }
    assertThat(database.exists("events")).isFalse();
  }
}
