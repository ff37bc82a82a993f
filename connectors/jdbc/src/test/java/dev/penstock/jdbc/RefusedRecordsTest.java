package dev.penstock.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.PlainWriter;
import dev.penstock.pipeline.connector.RejectedRecord;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.pipeline.run.Summary;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Records that the database refuses long after they were written are found and told apart from the
/// good ones around them.
@Timeout(180)
class RefusedRecordsTest {
  record Item(long id, String name) {}

  /// Dead letters, in memory.
  private static final List<DeadLetter> LETTERS = new CopyOnWriteArrayList<>();

  private record Letters() implements PlainSink<DeadLetter> {
    @Override
    public PlainWriter<DeadLetter> open() {
      LETTERS.clear();
      return new PlainWriter<>() {
        @Override
        public void write(DeadLetter letter) {
          LETTERS.add(letter);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
    }

    @Override
    public String describe() {
      return "letters";
    }
  }

  /// Three keys stand twice: close together, far apart, and in the last record.
  private static Pipeline<Item> items() {
    return Pipeline.range(0, 25_003)
        .map(i ->
            switch ((int) (long) i) {
              case 101 -> new Item(100, "twice");
              case 20_000 -> new Item(7, "twice");
              case 25_002 -> new Item(25_001, "twice");
              default -> new Item(i, "n" + i);
            });
  }

  private static TestDatabase withKey(TestDatabase.Kind kind) throws Exception {
    TestDatabase database = TestDatabase.of(kind);
    database.execute("CREATE TABLE item (id BIGINT PRIMARY KEY, name TEXT)");
    return database;
  }

  @ParameterizedTest
  @EnumSource
  void goToTheDeadLettersAndNothingElseIsLost(TestDatabase.Kind kind) throws Exception {
    TestDatabase database = withKey(kind);
    Summary summary =
        items()
            .to(Jdbc.table(database.connection(), "item", Item.class).append())
            .deadLetter(new Letters())
            .run();
    assertThat(database.query("SELECT count(*), sum(id) FROM item"))
        .containsExactly(List.of("25000", Long.toString(expectedSum())));
    assertThat(LETTERS)
        .extracting(DeadLetter::record)
        .containsExactlyInAnyOrder(
            "Item[id=100, name=twice]", "Item[id=7, name=twice]", "Item[id=25001, name=twice]");
    assertThat(summary.out()).isEqualTo(25_000);
    assertThat(summary.failed()).isEqualTo(3);
    assertThat(summary.deadLettered()).isEqualTo(3);
  }

  private static long expectedSum() {
    return items().map(Item::id).distinct(30_000).reduce(0L, Long::sum);
  }

  @ParameterizedTest
  @EnumSource
  void failTheRunWithoutDeadLettersAndLeaveNothing(TestDatabase.Kind kind) throws Exception {
    TestDatabase database = withKey(kind);
    assertThatThrownBy(
            () -> items().to(Jdbc.table(database.connection(), "item", Item.class).append()).run())
        .isInstanceOf(RejectedRecord.class);
    assertThat(database.query("SELECT count(*) FROM item")).containsExactly(List.of("0"));
  }
}
