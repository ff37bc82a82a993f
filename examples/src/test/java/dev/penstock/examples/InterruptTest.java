package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.FaultProxy;
import dev.penstock.testkit.Postgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Ctrl-C while a load opens its ends, reads, writes and commits: exit code 130, and the table as
/// it was or whole.
class InterruptTest extends FaultTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static void interrupt(Process process) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
  }

  /// Waits until a session of the database is in this state.
  private static void awaitSession(String url, String condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String sql =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND " + condition;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      while (true) {
        try (ResultSet row = statement.executeQuery(sql)) {
          row.next();
          if (row.getInt(1) > 0) {
            return;
          }
        }
        assertThat(System.nanoTime()).as("a session with " + condition).isLessThan(deadline);
      }
    }
  }

  /// A connection in its handshake cannot be interrupted: the process ends after its grace of 12 s.
  @Test
  @EnabledIfSystemProperty(named = "penstock.long", matches = "true")
  void whileOpening() throws Exception {
    try (FaultProxy silent = FaultProxy.silent()) {
      Process process =
          command(generate(10, "jdbc:postgresql://127.0.0.1:" + silent.port() + "/trips")).start();
      silent.awaitCall();
      interrupt(process);
      Command.Result result = Command.await(process);
      assertThat(result.exit()).isEqualTo(130);
      assertThat(result.err()).contains("the program did not stop within 12 s");
    }
    assertNothingWritten();
  }

  @Test
  void whileReading() throws Exception {
    String program =
        generate(1_000_000, DUCKDB)
            .replace(
                "i / 4.0))",
                "i / 4.0)).tap(t -> { if (t.id() == 5_000) { IO.println(\"here\");"
                    + " Thread.sleep(60_000); } })");
    Process process = command(program).start();
    assertThat(process.inputReader().readLine()).isEqualTo("here");
    interrupt(process);
    matches("interrupt-reading", Command.await(process));
    assertNothingWritten();
  }

  @Test
  void whileWriting() throws Exception {
    String url = Postgres.newDatabase("writing");
    try (Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      statement.execute("CREATE TABLE trips (id bigint, passengers int, amount double precision)");
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE trips IN SHARE MODE");
      Process process = command(generate(300_000, url)).start();
      awaitSession(url, "wait_event_type = 'Lock' AND query LIKE 'COPY%'");
      interrupt(process);
      matches("interrupt-writing", Command.await(process));
      other.commit();
    }
    assertThat(tables(url)).isEqualTo("trips 0");
  }

  @Test
  void whileCommitting() throws Exception {
    String url = Postgres.newDatabase("committing");
    try (Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      statement.execute(
          """
          CREATE TABLE trips (id bigint, passengers int, amount double precision);
          CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_sleep(2); RETURN NEW; END $$;
          CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON trips
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.id = 7) EXECUTE FUNCTION slow()
          """);
    }
    Process process = command(generate(1_000, url)).start();
    awaitSession(url, "wait_event = 'PgSleep' AND query LIKE 'COMMIT%'");
    interrupt(process);
    matches("interrupt-committing", Command.await(process));
    awaitSession(url, "NOT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep')");
    assertThat(tables(url)).isIn("trips 0", "trips 1000");
  }
}
