package dev.penstock.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.jdbc.TestDatabase.Kind;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.run.Cancellation;
import dev.penstock.pipeline.run.PlanRefused;
import dev.penstock.pipeline.run.RunCancelled;
import dev.penstock.pipeline.run.RunOptions;
import dev.penstock.testkit.MemoryFiles;
import dev.penstock.testkit.MemoryTable;
import dev.penstock.testkit.NoLeaks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ranges of a table are read over several connections to PostgreSQL at once, and no connection is
/// left, however the run ends.
@NoLeaks
@Timeout(180)
class ParallelReadTest {
  private static final int EVENTS = 200_000;
  private static final Duration WAIT = Duration.ofSeconds(10);

  private static TestDatabase database;

  record Event(long id) {}

  @BeforeAll
  static void fill() throws Exception {
    database = TestDatabase.of(Kind.POSTGRESQL);
    database.execute(
        "CREATE TABLE events AS SELECT g AS id FROM generate_series(1, %d) g".formatted(EVENTS));
    database.execute("CREATE UNIQUE INDEX ON events (id)");
  }

  private static JdbcSource<Event> events() {
    return Jdbc.read(database.connection(), "events", Event.class);
  }

  /// The sessions of readers in the database.
  private static int sessions(TestDatabase in, String condition) {
    try {
      String sql =
          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
              + " AND pid <> pg_backend_pid() AND "
              + condition;
      return Integer.parseInt(in.query(sql).getFirst().getFirst());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void await(String what, BooleanSupplier there) {
    long until = System.nanoTime() + WAIT.toNanos();
    while (!there.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time: " + what).isLessThan(until);
      Thread.onSpinWait();
    }
  }

  private static void assertNoSessions() {
    await("all sessions have ended", () -> sessions(database, "true") == 0);
  }

  @Test
  void every_row_comes_once_over_as_many_connections_as_are_said() {
    Set<Long> seen = new HashSet<>();
    int[] most = {0};
    Pipeline.from(events().splitBy("id", 12).connections(4))
        .forEach(event -> {
          assertThat(seen.add(event.id())).as("event " + event.id() + " is new").isTrue();
          if (seen.size() % 20_000 == 0) {
            most[0] = Math.max(most[0], sessions(database, "true"));
          }
        });
    assertThat(seen).hasSize(EVENTS);
    assertThat(most[0]).as("sessions at once").isEqualTo(4);
    assertNoSessions();
  }

  @Test
  void a_reader_that_nobody_asks_reads_no_further() throws Exception {
    JdbcSource<Event> source = events().splitBy("id", 4);
    Map<Split, Optional<Position>> all = new LinkedHashMap<>();
    source.discover().forEach(split -> all.put(split, Optional.empty()));
    try (Reader<Event> reader = source.open(null)) {
      reader.assign(all);
      reader.poll(WAIT);
      reader.poll(WAIT);
      String open = "state = 'idle in transaction' AND query LIKE 'SELECT \"id\"%'";
      await("four cursors are open", () -> sessions(database, open) == 4);
      // Each of them has fetched 5,000 of 50,000 rows; a range that was read to its end would be
      // committed, and its session gone.
      List<Integer> looks = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        looks.add(sessions(database, open));
      }
      assertThat(looks).containsOnly(4);
    }
    assertNoSessions();
  }

  @Test
  void a_consumer_that_stops_early_leaves_no_connection() {
    assertThat(Pipeline.from(events().splitBy("id", 8)).take(10).toList()).hasSize(10);
    assertNoSessions();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void a_failing_range_ends_the_run_soon(int connections) {
    JdbcSource<Event> source =
        Jdbc.query(
                database.connection(),
                "SELECT CASE WHEN id = 150000 THEN 1 / (id - 150000) ELSE id END AS id FROM events",
                Event.class)
            .splitBy("id", 4)
            .connections(connections);
    assertThatThrownBy(() -> Pipeline.from(source).count())
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("division by zero");
    assertNoSessions();
  }

  @Test
  void a_connection_that_is_lost_ends_the_run() {
    assertThatThrownBy(() ->
            Pipeline.from(events().splitBy("id", 4))
                .forEach(event -> {
                  if (event.id() == 2_000) {
                    await("all read", () -> sessions(database, "query LIKE 'SELECT%'") == 4);
                    end("query LIKE '%>= 150001%' AND pid <> pg_backend_pid()");
                  }
                }))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageStartingWith("reading table events failed: ");
    assertNoSessions();
  }

  private static void end(String which) {
    try {
      database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + which);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  record Nap(long nap) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void a_run_that_is_cancelled_breaks_its_queries_off(int connections) throws Exception {
    // Called stable, so that the query for the least and the greatest key leaves it out.
    database.execute(
        """
        CREATE OR REPLACE FUNCTION nap(id bigint) RETURNS bigint STABLE LANGUAGE plpgsql AS
        $$ BEGIN IF id % 50000 = 10000 THEN PERFORM pg_sleep(3600); END IF; RETURN id; END $$
        """);
    JdbcSource<Nap> slow =
        Jdbc.query(database.connection(), "SELECT id, nap(id) AS nap FROM events", Nap.class)
            .splitBy("id", 4)
            .connections(connections);
    Cancellation cancellation = new Cancellation();
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            Pipeline.from(slow)
                .to(new MemoryTable<>("naps"))
                .run(RunOptions.DEFAULT.cancellation(cancellation));
            ended.complete(new AssertionError("it ended well"));
          } catch (Throwable t) {
            ended.complete(t);
          }
        });
    await("queries sleep", () -> sessions(database, "wait_event = 'PgSleep'") == connections);
    cancellation.cancel();
    assertThat(ended.get(WAIT.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(RunCancelled.class);
    assertNoSessions();
  }

  // Going on after a kill

  private static TestDatabase numbers(int count) throws Exception {
    TestDatabase made = TestDatabase.of(Kind.POSTGRESQL);
    made.execute("CREATE TABLE numbers (id BIGINT PRIMARY KEY)");
    made.execute("INSERT INTO numbers SELECT generate_series(1, %d)".formatted(count));
    return made;
  }

  private static JdbcSource<Event> ranges(TestDatabase in, int count) {
    return Jdbc.read(in.connection(), "numbers", Event.class).splitBy("id", count).orderedBy("id");
  }

  /// Copies, and fails after so many records.
  private static void copy(JdbcSource<Event> from, TestDatabase to, int breakAfter) {
    int[] seen = {0};
    Pipeline.from(from)
        .tap(_ -> {
          if (++seen[0] > breakAfter) {
            throw new IllegalStateException("broken");
          }
        })
        .to(Jdbc.table(to.connection(), "copies", Event.class).create())
        .resumable("copy", Steps.commitEvery(700, Steps.within(Duration.ofSeconds(5))))
        .run();
  }

  @Test
  void a_broken_run_goes_on_in_every_range() throws Exception {
    TestDatabase in = numbers(20_000);
    for (int breakAfter : new int[] {800, 2_500, 3_500, 9_999}) {
      assertThatThrownBy(() -> copy(ranges(in, 4), in, breakAfter)).hasMessage("broken");
      assertNoDoubles(in);
    }
    copy(ranges(in, 4), in, Integer.MAX_VALUE);
    assertCopied(in, 20_000);
  }

  @Test
  void rows_that_were_added_since_are_read_once() throws Exception {
    TestDatabase in = numbers(5_000);
    assertThatThrownBy(() -> copy(ranges(in, 4), in, 2_500)).hasMessage("broken");
    in.execute("INSERT INTO numbers SELECT generate_series(5001, 30000)");
    copy(ranges(in, 4), in, Integer.MAX_VALUE);
    assertCopied(in, 30_000);
    in.execute("INSERT INTO numbers SELECT generate_series(30001, 31000)");
    copy(ranges(in, 4), in, Integer.MAX_VALUE);
    assertCopied(in, 31_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 6})
  void another_number_of_ranges_is_refused(int other) throws Exception {
    TestDatabase in = numbers(5_000);
    assertThatThrownBy(() -> copy(ranges(in, 4), in, 800)).hasMessage("broken");
    assertThatThrownBy(() -> copy(ranges(in, other), in, Integer.MAX_VALUE))
        .isInstanceOf(PlanRefused.class)
        .hasMessageContaining("say splitBy(\"id\", 4)");
    assertNoDoubles(in);
  }

  @Test
  void a_table_that_was_empty_is_parted_when_it_has_rows() throws Exception {
    TestDatabase in = numbers(0);
    copy(ranges(in, 4), in, Integer.MAX_VALUE);
    in.execute("INSERT INTO numbers SELECT generate_series(-500, 500)");
    copy(ranges(in, 4), in, Integer.MAX_VALUE);
    assertThat(in.query("SELECT count(*), count(DISTINCT id) FROM copies"))
        .isEqualTo(List.of(List.of("1001", "1001")));
    assertThat(in.query("SELECT count(*) FROM penstock_position WHERE position IS NOT NULL"))
        .isEqualTo(List.of(List.of("4")));
  }

  private static void assertNoDoubles(TestDatabase in) throws Exception {
    assertThat(in.query("SELECT id FROM copies GROUP BY id HAVING count(*) > 1")).isEmpty();
  }

  private static void assertCopied(TestDatabase in, int count) throws Exception {
    assertThat(in.query("SELECT count(*), count(DISTINCT id), max(id) FROM copies"))
        .isEqualTo(List.of(List.of("" + count, "" + count, "" + count)));
  }

  /// Each change of range would end a file.
  @Test
  void files_of_a_resumable_run_hold_whole_ranges() throws Exception {
    TestDatabase in = numbers(20_000);
    MemoryFiles<Event> files = new MemoryFiles<>("files");
    Pipeline.from(ranges(in, 4)).to(files).resumable("copy").run();
    assertThat(files.content())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 20_000).mapToObj(Event::new).toList());
    assertThat(files.objects()).isEqualTo(4);
  }
}
