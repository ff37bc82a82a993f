package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.testkit.Postgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// A server that cannot be used, or goes away.
class PostgresFaultsTest {
  private static final int CRASHES = Boolean.getBoolean("penstock.long") ? 8 : 2;

  @Test
  void aServerThatIsNotThereSaysSo() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/x?user=me&password=secret";
    assertThatThrownBy(() -> Store.open(new StoreUrl(url)))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageStartingWith("the store jdbc:postgresql://127.0.0.1:" + port + "/x")
        .hasMessageContaining(
            " cannot be reached; is its server running, at this address? Connection to 127.0.0.1:")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aDatabaseThatIsNotThereAndAWrongUserSaySo() {
    String there = Postgres.newDatabase("store");
    assertThatThrownBy(
            () -> Store.open(new StoreUrl(there.replaceFirst("/store_\\d+", "/nothing"))))
        .hasMessageContaining(" has no such database: create it, Penstock makes its tables only: ");
  }

  @Test
  void aReadOnlyDatabaseSaysSo() {
    StoreUrl url = new StoreUrl(Postgres.newDatabase("store"));
    Store.open(url).close();
    StoreUrl readOnly =
        new StoreUrl(url.value() + "&options=-c%20default_transaction_read_only=on");
    try (Store store = Store.open(readOnly)) {
      StoreUnavailable failure =
          catchThrowableOfType(
              StoreUnavailable.class, () -> store.limits().delete(LimitKey.tag("db")));
      assertThat(failure)
          .hasMessageContaining(" is read-only; Penstock must be able to write to it: ");
    }
  }

  /// What docs/store.md says a power loss may cost rests on these.
  @Test
  void theConnectionsSyncEachCommit() {
    StoreUrl url = new StoreUrl(Postgres.newDatabase("store"));
    try (JdbcDatabase database = new JdbcDatabase(url, InstantSource.system())) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        String sql = "SELECT current_setting('" + setting + "')";
        assertThat(database.<String>write(tx -> tx.query(sql).texts().one())).isEqualTo("on");
      }
    }
  }

  /// A process is suspended between two statements of a transaction: the server ends it, so that
  /// others get at the rows, and when it goes on it does the whole again.
  @Test
  void whoeverStandsStillInATransactionKeepsRowsFromNobody() throws Exception {
    StoreUrl url = new StoreUrl(Postgres.newDatabase("store"));
    try (JdbcDatabase still = new JdbcDatabase(url, InstantSource.system());
        JdbcDatabase other = new JdbcDatabase(url, InstantSource.system())) {
      assertThat(
              still.<String>write(tx ->
                  tx.query("SELECT current_setting('idle_in_transaction_session_timeout')")
                      .texts()
                      .one()))
          .isEqualTo(WriterConnection.IDLE.toSeconds() + "s");
      String run = new SqlFlowRuns(still).create(run()).id();
      CountDownLatch holds = new CountDownLatch(1);
      CountDownLatch goesOn = new CountDownLatch(1);
      CompletableFuture<Void> written =
          still.submit(tx -> {
            if (holds.getCount() > 0) {
              tx.update("SET LOCAL idle_in_transaction_session_timeout = '200ms'").execute();
              log(tx, run, "still");
              tx.update("UPDATE flow_run SET priority = 1 WHERE id = :run")
                  .bind("run", run)
                  .execute();
              holds.countDown();
              awaitUninterrupted(goesOn);
            }
            return log(tx, run, "still");
          });
      holds.await();
      other.write(tx ->
          tx.update("UPDATE flow_run SET priority = 2 WHERE id = :run").bind("run", run).execute());
      goesOn.countDown();
      written.get();
      assertThat(written(other, run)).isEqualTo(Map.of("still", 1));
      assertThat(new SqlFlowRuns(other).find(run).orElseThrow().origin().priority()).isEqualTo(2);
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The server comes down as if its power was cut, and up again, while two processes write.
  @Test
  void nothingIsLostOrDoubledWhenTheServerIsStartedAgainUnderLoad() throws Exception {
    StoreUrl url = new StoreUrl(Postgres.newDatabase("store"));
    Queue<String> told = new ConcurrentLinkedQueue<>();
    Queue<Throwable> unclear = new ConcurrentLinkedQueue<>();
    AtomicBoolean over = new AtomicBoolean();
    try (JdbcDatabase one = new JdbcDatabase(url, InstantSource.system());
        JdbcDatabase two = new JdbcDatabase(url, InstantSource.system())) {
      String run = new SqlFlowRuns(one).create(run()).id();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 8; i++) {
          Database either = i % 2 == 0 ? one : two;
          int writer = i;
          threads.submit(() -> {
            for (int line = 0; !over.get(); line++) {
              String text = writer + "-" + line;
              try {
                either.write(tx -> log(tx, run, text));
                told.add(text);
              } catch (StoreUnavailable e) {
                Thread.onSpinWait(); // told that it is not there, or that nobody knows
              } catch (RuntimeException e) {
                unclear.add(e);
              }
            }
          });
        }
        for (int crash = 0; crash < CRASHES; crash++) {
          int before = told.size();
          while (told.size() < before + 50) {
            Thread.sleep(5);
          }
          crash(url);
        }
        int before = told.size();
        while (told.size() < before + 50) {
          Thread.sleep(5);
        }
        over.set(true);
      }
      Map<String, Integer> written = written(one, run);
      assertThat(unclear).isEmpty();
      assertThat(written.values()).containsOnly(1);
      assertThat(written.keySet()).containsAll(told);
    }
  }

  private static NewFlowRun run() {
    return new NewFlowRun(
        StoreContract.id(),
        "quiet-otter",
        FlowRun.Origin.here("ingest", null, null),
        FlowRun.Call.of("{}", List.of()),
        null);
  }

  private static int log(Tx tx, String run, String text) {
    return tx.update(
            """
            INSERT INTO log (flow_run, at, level, logger, text)
            VALUES (:run, :now, 'INFO', 'test', :text)
            """)
        .bind("run", run)
        .bind("now", tx.now())
        .bind("text", text)
        .execute();
  }

  private static Map<String, Integer> written(Database database, String run) {
    return database.read(tx -> {
      Map<String, Integer> written = new HashMap<>();
      tx.query("SELECT text FROM log WHERE flow_run = :run")
          .bind("run", run)
          .texts()
          .forEach(text -> written.merge(text, 1, Integer::sum));
      return written;
    });
  }

  /// Kills a process of the server, which then ends all others, and recovers from its log.
  private static void crash(StoreUrl url) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      try (Connection connection = DriverManager.getConnection(url.value());
          Statement statement = connection.createStatement();
          ResultSet victim =
              statement.executeQuery(
                  "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                      + " AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1")) {
        victim.next();
        assertThat(ProcessHandle.of(victim.getLong(1)).orElseThrow().destroyForcibly()).isTrue();
        return;
      } catch (SQLException e) { // it is still starting
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.sleep(20);
      }
    }
  }
}
