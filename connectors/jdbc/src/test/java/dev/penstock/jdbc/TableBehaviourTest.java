package dev.penstock.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.Row;
import dev.penstock.jdbc.TestDatabase.Kind;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.RejectedRecord;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.TxWriter;
import dev.penstock.testkit.Golden;
import dev.penstock.testkit.TestRecords.Wide;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the settings of a table do, on each kind of database.
@Timeout(120)
class TableBehaviourTest {
  private static final Split SPLIT = new Split("file-1");

  record Fare(long id, String zone, double amount, long rides) {}

  record Point(int x, @Nullable Integer y) {}

  record Nested(
      long id,
      @Nullable Point at,
      List<Integer> numbers,
      List<String> words,
      @Nullable List<Point> path,
      @Nullable Map<String, Integer> counts,
      byte @Nullable [] bytes,
      char letter) {}

  private static JdbcTable<Fare> fares(TestDatabase database) {
    return Jdbc.table(database.connection(), "fares", Fare.class);
  }

  private static void load(JdbcTable<Fare> table, Fare... fares) {
    Pipeline.over(List.of(fares)).to(table).run();
  }

  private static List<Fare> read(TestDatabase database) {
    return Pipeline.from(
            Jdbc.query(database.connection(), "SELECT * FROM fares ORDER BY id", Fare.class))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void values_of_every_type_come_back_as_they_were(Kind kind) {
    TestDatabase database = TestDatabase.of(kind);
    List<Wide> wide = LongStream.range(0, 500).mapToObj(Wide::of).toList();
    Pipeline.over(wide).to(Jdbc.table(database.connection(), "wide", Wide.class).create()).run();
    List<Wide> read = Pipeline.from(Jdbc.read(database.connection(), "wide", Wide.class)).toList();
    assertThat(read)
        .usingRecursiveComparison()
        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .isEqualTo(wide);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void nested_records_lists_maps_and_bytes_come_back_as_they_were(Kind kind) {
    TestDatabase database = TestDatabase.of(kind);
    List<Nested> nested =
        List.of(
            new Nested(
                1,
                new Point(1, null),
                List.of(1, 2, 3),
                List.of("a", "b \"c\", d", "é"),
                List.of(new Point(1, 2), new Point(3, null)),
                Map.of("k", 7),
                new byte[] {0, 1, -1},
                'x'),
            new Nested(2, null, List.of(), List.of(), null, null, null, '中'));
    Pipeline.over(nested)
        .to(Jdbc.table(database.connection(), "nested", Nested.class).create())
        .run();
    List<Nested> read =
        Pipeline.from(
                Jdbc.query(database.connection(), "SELECT * FROM nested ORDER BY id", Nested.class))
            .toList();
    assertThat(read).usingRecursiveComparison().isEqualTo(nested);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void replace_makes_the_table_and_then_puts_new_rows_in_its_place(Kind kind) throws Exception {
    TestDatabase database = TestDatabase.of(kind);
    load(fares(database).create().replace(), new Fare(1, "a", 1, 1), new Fare(2, "b", 2, 1));
    load(fares(database).create().replace(), new Fare(3, "c", 3, 1));
    assertThat(read(database)).containsExactly(new Fare(3, "c", 3, 1));
    assertThat(database.exists("penstock_new_fares")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void a_replace_that_fails_leaves_the_old_rows(Kind kind) throws Exception {
    TestDatabase database = TestDatabase.of(kind);
    load(fares(database).create(), new Fare(1, "a", 1, 1));
    assertThatThrownBy(() ->
            Pipeline.over(List.of(2, 0))
                .map(i -> new Fare(10 / i, "b", 1, 1))
                .to(fares(database).replace())
                .run())
        .isInstanceOf(ArithmeticException.class);
    assertThat(read(database)).containsExactly(new Fare(1, "a", 1, 1));
    assertThat(database.exists("penstock_new_fares")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void a_resumable_replace_swaps_at_its_last_commit(Kind kind) throws Exception {
    TestDatabase database = TestDatabase.of(kind);
    load(fares(database).create(), new Fare(1, "old", 1, 1));
    JdbcTable<Fare> table = fares(database).replace();
    try (CommitLog log = table.log()) {
      try (TxWriter<Fare> writer = table.open(log.claim("p", Set.of(SPLIT)))) {
        writer.write(new Fare(2, "new", 1, 1));
        writer.commit(new Cut(Map.of(), Map.of(SPLIT, Position.of("1")), Map.of(), false));
        writer.write(new Fare(3, "lost", 1, 1));
      }
      assertThat(read(database)).containsExactly(new Fare(1, "old", 1, 1));
      Map<Split, Position> one = Map.of(SPLIT, Position.of("1"));
      Map<Split, Position> two = Map.of(SPLIT, Position.of("2"));
      try (TxWriter<Fare> writer = table.open(log.claim("p", Set.of(SPLIT)))) {
        writer.write(new Fare(4, "new", 1, 1));
        writer.commit(new Cut(one, two, Map.of(), true));
      }
      assertThat(read(database))
          .containsExactly(new Fare(2, "new", 1, 1), new Fare(4, "new", 1, 1));
      Claim again = log.claim("p", Set.of(SPLIT));
      try (TxWriter<Fare> writer = table.open(again)) {
        writer.commit(new Cut(two, two, Map.of(), true));
      }
      assertThat(read(database)).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void of_two_pipelines_that_replace_a_table_the_one_that_began_last_goes_on(Kind kind)
      throws Exception {
    TestDatabase database = TestDatabase.of(kind);
    load(fares(database).create(), new Fare(1, "old", 1, 1));
    JdbcTable<Fare> table = fares(database).replace();
    Map<Split, Position> one = Map.of(SPLIT, Position.of("1"));
    Map<Split, Position> two = Map.of(SPLIT, Position.of("2"));
    try (CommitLog log = table.log()) {
      try (TxWriter<Fare> first = table.open(log.claim("first", Set.of(SPLIT)))) {
        first.write(new Fare(2, "first", 1, 1));
        first.commit(new Cut(Map.of(), one, Map.of(), false));
        try (TxWriter<Fare> second = table.open(log.claim("second", Set.of(SPLIT)))) {
          second.write(new Fare(3, "second", 1, 1));
          second.commit(new Cut(Map.of(), one, Map.of(), false));
        }
        assertThatThrownBy(
                () -> {
                  first.write(new Fare(4, "first", 1, 1));
                  first.commit(new Cut(one, two, Map.of(), true));
                })
            .isInstanceOf(Exception.class);
      }
      assertThat(read(database)).containsExactly(new Fare(1, "old", 1, 1));
      Claim again = log.claim("first", Set.of(SPLIT));
      assertThatThrownBy(() -> table.open(again))
          .isInstanceOf(Fenced.class)
          .hasMessageContaining("another pipeline has begun to replace table fares");
      try (TxWriter<Fare> second = table.open(log.claim("second", Set.of(SPLIT)))) {
        second.write(new Fare(5, "second", 1, 1));
        second.commit(new Cut(one, two, Map.of(), true));
      }
    }
    assertThat(read(database))
        .containsExactly(new Fare(3, "second", 1, 1), new Fare(5, "second", 1, 1));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void a_rollback_in_a_resumable_replace_keeps_what_was_committed(Kind kind) throws Exception {
    TestDatabase database = TestDatabase.of(kind);
    JdbcTable<Fare> table = fares(database).create().replace();
    Map<Split, Position> one = Map.of(SPLIT, Position.of("1"));
    try (CommitLog log = table.log();
        TxWriter<Fare> writer = table.open(log.claim("p", Set.of(SPLIT)))) {
      writer.write(new Fare(1, "kept", 1, 1));
      writer.commit(new Cut(Map.of(), one, Map.of(), false));
      writer.write(new Fare(2, "lost", 1, 1));
      writer.rollback();
      writer.write(new Fare(3, "kept", 1, 1));
      writer.commit(new Cut(one, Map.of(SPLIT, Position.of("3")), Map.of(), true));
    }
    assertThat(read(database))
        .containsExactly(new Fare(1, "kept", 1, 1), new Fare(3, "kept", 1, 1));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void upsert_lets_the_last_record_of_a_key_win(Kind kind) {
    TestDatabase database = TestDatabase.of(kind);
    JdbcTable<Fare> table = fares(database).create().upsert("id");
    load(table, new Fare(1, "a", 1, 1), new Fare(2, "b", 2, 1), new Fare(1, "c", 3, 1));
    load(table, new Fare(2, "d", 4, 1), new Fare(3, "e", 5, 1));
    assertThat(read(database))
        .containsExactly(new Fare(1, "c", 3, 1), new Fare(2, "d", 4, 1), new Fare(3, "e", 5, 1));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void adding_adds_up_within_a_commit_and_across(Kind kind) {
    TestDatabase database = TestDatabase.of(kind);
    JdbcTable<Fare> table = fares(database).create().upsert("id").adding("amount", "rides");
    load(table, new Fare(1, "a", 1.5, 1), new Fare(2, "b", 2, 1), new Fare(1, "c", 3, 2));
    load(table, new Fare(2, "d", 4, 5), new Fare(1, "e", 0.5, 1));
    assertThat(read(database)).containsExactly(new Fare(1, "e", 5, 4), new Fare(2, "d", 6, 6));
  }

  @Test
  void two_connections_write_all_rows_once() throws Exception {
    TestDatabase database = TestDatabase.of(Kind.POSTGRESQL);
    List<Fare> fares =
        IntStream.range(0, 200_000).mapToObj(i -> new Fare(i, "zone " + i % 7, i, 1)).toList();
    for (JdbcTable<Fare> table :
        List.of(
            fares(database).create().connections(2),
            fares(database).connections(2).replace(),
            fares(database).connections(2).append())) {
      Pipeline.over(fares).to(table).run();
    }
    assertThat(database.query("SELECT count(*), count(DISTINCT id), sum(id)::bigint FROM fares"))
        .hasToString("[[400000, 200000, 39999800000]]");
    assertThat(database.exists("penstock_new_fares")).isFalse();
  }

  @Test
  void dates_numbers_and_rows_are_read_as_they_are() throws Exception {
    TestDatabase database = TestDatabase.of(Kind.DUCKDB);
    List<Row> rows =
        Jdbc.rows(
            database.connection(),
            "SELECT 1 AS one, 'x' AS text, DATE '2025-11-01' AS day, TIMESTAMP '2025-11-01 10:00:00' AS time, 1.5 AS half WHERE 1 = ?",
            1);
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().integer("one")).isEqualTo(1);
    assertThat(rows.getFirst().date("day")).isEqualTo(LocalDate.of(2025, 11, 1));
    assertThat(rows.getFirst().dateTime("time")).isEqualTo(LocalDateTime.of(2025, 11, 1, 10, 0));
    assertThat(rows.getFirst().decimal("half")).isEqualByComparingTo("1.5");
  }

  @Test
  void execute_runs_a_statement() {
    TestDatabase database = TestDatabase.of(Kind.POSTGRESQL);
    assertThat(Jdbc.execute(database.connection(), "CREATE TABLE t (i int)")).isZero();
    assertThat(Jdbc.execute(database.connection(), "INSERT INTO t VALUES (?), (?)", 1, 2))
        .isEqualTo(2);
    assertThat(Jdbc.rows(database.connection(), "SHOW fsync").toString())
        .isEqualTo("[Row[fsync=on]]");
  }

  @Test
  void contradictions_are_refused_where_they_are_said() throws Exception {
    JdbcTable<Fare> table = Jdbc.table(new ConnectionName("jdbc:duckdb:"), "fares", Fare.class);
    JdbcSource<Fare> rows = Jdbc.read(new ConnectionName("x"), "a", Fare.class);
    StringBuilder messages = new StringBuilder();
    List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> calls =
        List.of(
            () -> table.append().replace(),
            () -> table.upsert("id").append(),
            () -> table.adding("rides"),
            () -> table.upsert("id").adding("id"),
            () -> table.upsert("id").adding("zone"),
            () -> table.upsert("idd"),
            () -> table.upsert("id", "id"),
            () -> table.upsert(),
            () -> table.connections(0),
            () -> table.connections(2).upsert("id"),
            () -> Jdbc.table(new ConnectionName("x"), "a.b.c", Fare.class),
            () -> rows.orderedBy("a").splitBy("b", 2),
            () -> rows.orderedBy("a").orderedBy("b"),
            () -> rows.splitBy("a", 2).splitBy("a", 3),
            () -> rows.splitBy("a", 0),
            () -> rows.connections(2),
            () -> rows.splitBy("a", 2).connections(65));
    for (var call : calls) {
      Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(call);
      assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
      messages.append(thrown.getMessage()).append('\n');
    }
    Golden.assertMatches("contradictions", messages.toString());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void another_table_of_that_name_is_told_with_every_mismatch(Kind kind) throws Exception {
    TestDatabase database = TestDatabase.of(kind);
    database.execute(
        "CREATE TABLE fares (id BIGINT, zonne VARCHAR(10), amount DATE, must INTEGER NOT NULL)");
    Throwable thrown =
        org.assertj.core.api.Assertions.catchThrowable(
            () -> load(fares(database).create(), new Fare(1, "a", 1, 1)));
    assertThat(thrown).isInstanceOf(TableMismatch.class);
    Golden.assertMatches("mismatch-" + kind.name().toLowerCase(), thrown.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void an_upsert_without_a_key_index_is_told(Kind kind) throws Exception {
    TestDatabase database = TestDatabase.of(kind);
    load(fares(database).create(), new Fare(1, "a", 1, 1));
    assertThatThrownBy(() -> load(fares(database).upsert("id"), new Fare(1, "a", 1, 1)))
        .isInstanceOf(TableMismatch.class)
        .hasMessage(
            "table fares and record Fare do not fit together: upsert needs a primary key or unique index on exactly (id), the table has none");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void a_table_that_is_not_there_is_told(Kind kind) {
    TestDatabase database = TestDatabase.of(kind);
    assertThatThrownBy(() -> load(fares(database), new Fare(1, "a", 1, 1)))
        .isInstanceOf(TableMismatch.class)
        .hasMessageStartingWith("there is no table fares in jdbc:")
        .hasMessageEndingWith(": create it, or let create() do so")
        .hasMessageNotContaining("password=postgres");
  }

  @Test
  void the_record_that_postgresql_refuses_is_named() throws Exception {
    TestDatabase database = TestDatabase.of(Kind.POSTGRESQL);
    database.execute(
        "CREATE TABLE fares (id BIGINT PRIMARY KEY, zone VARCHAR(5) NOT NULL, amount FLOAT8, rides INT8 CHECK (rides > 0))");
    StringBuilder messages = new StringBuilder();
    for (Fare bad :
        List.of(new Fare(1, "b", 1, 1), new Fare(9, "too long", 1, 1), new Fare(9, "b", 1, 0))) {
      Throwable thrown =
          org.assertj.core.api.Assertions.catchThrowable(
              () -> load(fares(database), new Fare(1, "a", 1, 1), new Fare(2, "a", 1, 1), bad));
      assertThat(thrown).isInstanceOf(RejectedRecord.class);
      assertThat(((RejectedRecord) thrown).index()).hasValue(2);
      messages.append(thrown.getMessage()).append('\n');
    }
    assertThat(read(database)).isEmpty();
    Golden.assertMatches("rejected-postgresql", messages.toString());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void a_bad_value_is_the_failure_of_its_record_alone(Kind kind) throws Exception {
    TestDatabase database = TestDatabase.of(kind);
    database.execute(
        "CREATE TABLE fares (id BIGINT NOT NULL, zone VARCHAR(50) NOT NULL, amount DOUBLE PRECISION, rides BIGINT)");
    try (TxWriter<Fare> writer = fares(database).open(null)) {
      writer.write(new Fare(1, "a", 1, 1));
      assertThatThrownBy(() -> writer.write(new Fare(2, null, 1, 1)))
          .isInstanceOf(BadValue.class)
          .hasMessage("column \"zone\" is NOT NULL in the table, the record has null");
      writer.write(new Fare(3, "c", 1, 1));
      writer.commit(Cut.END);
    }
    assertThat(read(database)).extracting(Fare::id).containsExactly(1L, 3L);
  }

  @Test
  void text_that_postgresql_cannot_hold_is_a_bad_value() throws Exception {
    TestDatabase database = TestDatabase.of(Kind.POSTGRESQL);
    try (TxWriter<Fare> writer = fares(database).create().open(null)) {
      assertThatThrownBy(() -> writer.write(new Fare(2, "a\0b", 1, 1)))
          .hasMessage("column \"zone\" cannot hold the NUL character, at character 2 of the text");
      assertThatThrownBy(() -> writer.write(new Fare(2, "a\ud800b", 1, 1)))
          .hasMessage(
              "column \"zone\" cannot hold half of a surrogate pair, at character 2 of the text");
      writer.write(new Fare(3, "c", Double.NaN, 1));
      writer.commit(Cut.END);
    }
    assertThat(read(database)).containsExactly(new Fare(3, "c", Double.NaN, 1));
  }

  record When(LocalDateTime at) {}

  @Test
  void an_infinite_time_is_the_failure_of_its_record() throws Exception {
    TestDatabase database = TestDatabase.of(Kind.POSTGRESQL);
    database.execute("CREATE TABLE times (at TIMESTAMP)");
    database.execute("INSERT INTO times VALUES ('infinity'), ('2025-11-01')");
    List<String> messages = new java.util.ArrayList<>();
    List<When> good =
        Pipeline.from(Jdbc.read(database.connection(), "times", When.class))
            .catching(BadValue.class)
            .onFailure(f -> messages.add(f.cause().getMessage()))
            .skip()
            .toList();
    assertThat(good).hasSize(1);
    assertThat(messages)
        .containsExactly("column \"at\" cannot be read as local date-time: is infinite");
  }

  @Test
  void a_target_that_refuses_the_connection_is_told_without_the_password() {
    ConnectionName nobody =
        new ConnectionName("jdbc:postgresql://127.0.0.1:1/db?user=me&password=secret");
    assertThatThrownBy(
            () -> Pipeline.over(List.<Fare>of()).to(Jdbc.table(nobody, "t", Fare.class)).run())
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageStartingWith(
            "cannot connect to jdbc:postgresql://127.0.0.1:1/db?user=me&password=***: Connection to 127.0.0.1:1 refused")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(
            () -> Jdbc.rows(new ConnectionName("jdbc:nosuch:x?password=secret"), "SELECT 1"))
        .hasMessage("there is no JDBC driver on the class path for jdbc:nosuch:x?password=***");
  }

  @Test
  void names_are_quoted_and_values_never_become_sql() throws Exception {
    TestDatabase database = TestDatabase.of(Kind.POSTGRESQL);
    String evil = "x\"; DROP TABLE fares; --";
    load(fares(database).create(), new Fare(1, "'); DROP TABLE fares; --", 1, 1));
    Pipeline.over(List.of(new Fare(2, "b", 1, 1)))
        .to(Jdbc.table(database.connection(), evil, Fare.class).create())
        .run();
    assertThat(read(database)).hasSize(1);
    assertThat(database.exists(evil)).isTrue();
  }
}
