package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store in a file that cannot be used.
class SqliteFaultsTest {
  @TempDir private Path directory;
  private Path file;
  private StoreUrl url;

  @BeforeEach
  void name() {
    file = directory.resolve("store.db");
    url = StoreUrl.file(file);
  }

  private static NewFlowRun run(String parameters) {
    return new NewFlowRun(
        StoreContract.id(),
        "quiet-otter",
        FlowRun.Origin.here("ingest", null, null),
        FlowRun.Call.of(parameters, List.of()),
        null);
  }

  /// What the message of a failure is, wherever the test runs.
  private void assertTold(String golden, StoreUnavailable failure) throws IOException {
    assertThat(failure).isNotNull();
    Golden.assertMatches(
        golden, String.valueOf(failure.getMessage()).replace(directory.toString(), "DIRECTORY"));
  }

  @Test
  void aFullStoreSaysSoLosesNothingAndGoesOnWhenThereIsRoom() throws Exception {
    try (Store store = Store.open(new StoreUrl(url.value() + "?max_page_count=200"))) {
      FlowRun before = store.flowRuns().create(run("{}"));
      StoreUnavailable full =
          catchThrowableOfType(
              StoreUnavailable.class,
              () -> store.flowRuns().create(run("\"" + "x".repeat(2_000_000) + "\"")));
      assertTold("store-full", full);
      assertThat(store.flowRuns().find(before.id())).contains(before);
      FlowRun after = store.flowRuns().create(run("{}"));
      assertThat(store.flowRuns().find(after.id())).contains(after);
    }
  }

  @Test
  void aLockedStoreSaysSo() throws Exception {
    Store.open(url).close();
    StoreUrl impatient = new StoreUrl(url.value() + "?busy_timeout=50");
    try (Store store = Store.open(impatient);
        Connection other = url.connect();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      StoreUnavailable locked =
          catchThrowableOfType(StoreUnavailable.class, () -> store.flowRuns().create(run("{}")));
      assertTold("store-locked", locked);
      statement.execute("ROLLBACK");
      assertThat(store.flowRuns().create(run("{}"))).isNotNull();
    }
  }

  @Test
  void aReadOnlyStoreSaysSo() throws Exception {
    Store.open(url).close();
    StoreUrl readOnly = new StoreUrl(url.value() + "?open_mode=1");
    StoreUnavailable failure =
        catchThrowableOfType(
            StoreUnavailable.class,
            () -> {
              try (Store store = Store.open(readOnly)) {
                store.flowRuns().create(run("{}"));
              }
            });
    assertTold("store-read-only", failure);
  }

  @Test
  void aFileOfSomethingElseIsNoStore() throws Exception {
    Files.writeString(file, "name,amount\n".repeat(1000));
    assertTold(
        "store-other-file", catchThrowableOfType(StoreUnavailable.class, () -> Store.open(url)));
    assertThat(file).hasContent("name,amount\n".repeat(1000));
  }

  @Test
  void aDirectoryThatCannotBeMadeSaysSo() throws Exception {
    Files.writeString(directory.resolve("file"), "");
    assertTold(
        "store-no-directory",
        catchThrowableOfType(
            StoreUnavailable.class,
            () -> Store.open(StoreUrl.file(directory.resolve("file/store.db")))));
  }

  @Test
  void aStoreInMemoryIsRefused() {
    assertThatThrownBy(() -> Store.open(new StoreUrl("jdbc:sqlite::memory:")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a store must be in a file, as in jdbc:sqlite:FILE, was jdbc:sqlite::memory:");
  }

  /// What docs/store.md says a power loss may cost rests on these.
  @Test
  void theWriterKeepsALogAndSyncsItAtCheckpoints() throws Exception {
    try (JdbcDatabase database = new JdbcDatabase(url, InstantSource.system())) {
      assertThat(database.<String>write(tx -> pragma(tx, "journal_mode"))).isEqualTo("wal");
      assertThat(database.<String>write(tx -> pragma(tx, "synchronous"))).isEqualTo("1");
      assertThat(database.<String>write(tx -> pragma(tx, "foreign_keys"))).isEqualTo("1");
      assertThat(database.<String>read(tx -> pragma(tx, "busy_timeout"))).isEqualTo("30000");
    }
  }

  private static String pragma(Tx tx, String name) {
    try (Statement statement = tx.connection().connection().createStatement();
        ResultSet value = statement.executeQuery("PRAGMA " + name)) {
      return value.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anErrorOfOneWriteIsNotTheEndOfOthers() {
    try (JdbcDatabase database = new JdbcDatabase(url, InstantSource.system())) {
      assertThat(
              database.submit(tx -> {
                throw new StackOverflowError("of one");
              }))
          .failsWithin(java.time.Duration.ofSeconds(30));
      assertThat(database.write(Tx::now)).isPositive();
    }
  }

  @Test
  void aWriteOfAnInterruptedThreadIsWrittenAndKeepsTheInterrupt() {
    try (Store store = Store.open(url)) {
      Thread.currentThread().interrupt();
      FlowRun made = store.flowRuns().create(run("{}"));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(store.flowRuns().find(made.id())).isPresent();
    }
  }

  @Test
  void aListenerThatWritesIsRefusedAndOneThatFailsHarmsNobody() {
    try (JdbcDatabase database = new JdbcDatabase(url, InstantSource.system())) {
      var unused = database.listen(_ -> database.write(Tx::now));
      List<String> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
      var alsoUnused = database.listen(heard::add);
      database.write(tx -> {
        database.notify(tx, "topic");
        return null;
      });
      database.write(Tx::now);
      assertThat(heard).containsExactly("topic");
    }
  }

  @Test
  void whatIsWrittenAfterTheEndIsRefused() {
    Store store = Store.open(url);
    store.close();
    assertThatThrownBy(() -> store.flowRuns().create(run("{}")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the store is closed");
  }
}
