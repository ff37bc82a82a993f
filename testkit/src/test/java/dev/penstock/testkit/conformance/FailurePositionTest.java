package dev.penstock.testkit.conformance;

import static dev.penstock.pipeline.Steps.concurrency;
import static dev.penstock.pipeline.Steps.retry;
import static dev.penstock.pipeline.Steps.upTo;
import static dev.penstock.pipeline.Steps.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.PlainWriter;
import dev.penstock.pipeline.connector.RefusedRecord;
import dev.penstock.pipeline.connector.RejectedRecord;
import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.TransactionalSink;
import dev.penstock.pipeline.connector.TxWriter;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.pipeline.plan.Retry;
import dev.penstock.pipeline.plan.SourcePosition;
import dev.penstock.pipeline.run.RecordIterator;
import dev.penstock.testkit.MemorySource;
import dev.penstock.testkit.MemoryTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A failure says which record of its source it is about, through whatever stands between.
class FailurePositionTest {
  private static final int SPLITS = 3;
  private static final int RECORDS = 60;

  /// Knows where it lies.
  record Item(String split, int place) {
    SourcePosition position() {
      return new SourcePosition(split, Integer.toString(place));
    }
  }

  private static final class Bad extends RefusedRecord {
    private static final long serialVersionUID = 1L;

    Bad(Object record) {
      super("cannot take " + record, null);
    }
  }

  /// What stands between the source and the step that fails.
  private static final Map<String, UnaryOperator<Pipeline<Item>>> WAYS = new LinkedHashMap<>();

  static {
    WAYS.put("nothing", items -> items);
    WAYS.put("a filter", items -> items.filter(item -> item.place() % 2 == 1));
    WAYS.put("flatMap", items -> items.flatMap(item -> List.of(item, item, item)));
    WAYS.put("buffer", items -> items.buffer(8));
    WAYS.put("concurrency", items -> items.map(item -> item, concurrency(4)));
    WAYS.put("unordered", items -> items.map(item -> item, concurrency(4).unordered()));
    WAYS.put(
        "concurrency twice",
        items -> items.map(item -> item, concurrency(3)).map(item -> item, concurrency(3)));
    WAYS.put(
        "flatMap at once", items -> items.flatMap(item -> List.of(item, item), concurrency(3)));
    WAYS.put(
        "flatMap at once, unordered",
        items -> items.flatMap(item -> List.of(item, item), concurrency(3).unordered()));
    WAYS.put("batches apart", items -> items.batch(1).flatMap(batch -> batch));
    WAYS.put(
        "batches in time",
        items -> items.batch(1, within(Duration.ofHours(1))).flatMap(batch -> batch));
    WAYS.put(
        "batches by key", items -> items.batchBy(Item::split, upTo(1)).flatMap(b -> b.records()));
    WAYS.put("windows", items -> items.window(2, 1).map(List::getLast));
    WAYS.put("concat", items -> items.concat(Pipeline.from(source("source 2: "))));
    WAYS.put("merge", items -> items.merge(Pipeline.from(source("source 2: "))));
    WAYS.put("zip", items -> items.zip(Pipeline.from(source("source 2: ")), (left, _) -> left));
  }

  static final List<String> NAMES = List.copyOf(WAYS.keySet());

  private final List<SourcePosition> told = Collections.synchronizedList(new ArrayList<>());
  private final List<SourcePosition> expected = Collections.synchronizedList(new ArrayList<>());

  private static MemorySource<Item> source(String prefix) {
    return MemorySource.ofSplits(
        IntStream.range(0, SPLITS)
            .mapToObj(split ->
                IntStream.rangeClosed(1, RECORDS)
                    .mapToObj(place -> new Item(prefix + "split-" + split, place))
                    .toList())
            .toList());
  }

  private static boolean isBad(Item item) {
    return item.place() % 7 == 3;
  }

  private Item picky(Item item) {
    if (isBad(item)) {
      expected.add(item.position());
      throw new Bad(item);
    }
    return item;
  }

  private Pipeline<Item> caught(Pipeline<Item> items) {
    return items.catching(Bad.class).onFailure(failure -> told.add(failure.position())).skip();
  }

  private void same() {
    assertThat(expected).isNotEmpty();
    assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
    expected.clear();
    told.clear();
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void through(String way) {
    Pipeline<Item> items = WAYS.get(way).apply(Pipeline.from(source("")));
    caught(items.map(this::picky)).run();
    same();
    caught(items.map(this::picky, concurrency(4))).run();
    same();
    Pipeline<Item> late = items.map(this::picky, concurrency(4).unordered()).buffer(4);
    caught(late.batch(2).flatMap(batch -> batch)).run();
    same();
    try (RecordIterator<Item> pulled = caught(items.map(this::picky)).iterator()) {
      pulled.forEachRemaining(_ -> {});
    }
    same();
  }

  static Stream<String> resumable() {
    return NAMES.stream()
        .filter(
            name -> !name.contains("window") && !name.contains("zip") && !name.contains("merge"));
  }

  @ParameterizedTest
  @MethodSource
  void resumable(String way) {
    MemoryTable<Item> table = new MemoryTable<>("items");
    caught(WAYS.get(way).apply(Pipeline.from(source(""))).map(this::picky))
        .to(table)
        .resumable("items", Steps.commitEvery(5, within(Duration.ofHours(1))))
        .run();
    same();
    assertThat(table.violations()).isEmpty();
  }

  @Test
  void of_a_batch_it_is_the_last_record() {
    caught(
            Pipeline.from(source(""))
                .map(item -> item, concurrency(2))
                .batch(4)
                .map(
                    batch -> picky(batch.getLast()),
                    retry(Retry.times(1).every(Duration.ofNanos(1)))))
        .run();
    assertThat(told).isNotEmpty().isSubsetOf(expected);
  }

  @Test
  void a_record_that_cannot_be_read() {
    Bad bad = new Bad("3");
    List<Object> elements = List.of(1, 2, new MemorySource.Bad(bad), 4);
    Pipeline<Object> numbers = Pipeline.from(MemorySource.ofSplits(List.of(elements)));
    numbers
        .map(x -> x, concurrency(2))
        .catching(Bad.class)
        .onFailure(failure -> told.add(failure.position()))
        .skip()
        .run();
    assertThat(told).containsExactly(new SourcePosition("split-0", "3"));
  }

  @Test
  void without_positions_there_is_none() {
    MemoryTable<DeadLetter> letters = new MemoryTable<>("letters");
    Pipeline.of(1, 0, 2).map(n -> 1 / n).catching(Exception.class).deadLetter(letters).run();
    assertThat(letters.content())
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.split()).isNull();
          assertThat(letter.position()).isNull();
        });
  }

  /// Refuses records when it is asked for those that it has refused.
  private final class Late implements PlainSink<Item>, PlainWriter<Item> {
    private static final long serialVersionUID = 1L;

    private final transient List<Item> written = new ArrayList<>();

    @Override
    public PlainWriter<Item> open() {
      return this;
    }

    @Override
    public void write(Item item) {
      written.add(item);
    }

    @Override
    public void flush() {}

    @Override
    public void refused(BiConsumer<? super Item, Exception> each) {
      for (Item item : written) {
        if (isBad(item)) {
          each.accept(item, new Bad(item));
        }
      }
      written.clear();
    }

    @Override
    public String describe() {
      return "late";
    }

    @Override
    public void close() {}
  }

  /// Refuses a whole unit for one record of it.
  private final class Strict implements TransactionalSink<Item>, TxWriter<Item> {
    private static final long serialVersionUID = 1L;

    private final transient List<Item> open = new ArrayList<>();

    @Override
    public CommitLog log() {
      throw new IllegalStateException("not resumable");
    }

    @Override
    public TxWriter<Item> open(@Nullable Claim claim) {
      return this;
    }

    @Override
    public void write(Item item) {
      open.add(item);
    }

    @Override
    public void flush() {
      List<Item> bad = open.stream().filter(FailurePositionTest::isBad).toList();
      if (!bad.isEmpty()) {
        open.clear();
        throw new RejectedRecord("cannot take " + bad, -1, new Bad(bad));
      }
    }

    @Override
    public void commit(Cut cut) {
      open.clear();
    }

    @Override
    public void rollback() {
      open.clear();
    }

    @Override
    public String describe() {
      return "strict";
    }

    @Override
    public void close() {}
  }

  @Test
  void a_record_that_its_target_refuses() {
    for (Sink<Item> sink : List.of(new Late(), new Strict())) {
      MemoryTable<DeadLetter> letters = new MemoryTable<>("letters");
      Pipeline<Item> items = Pipeline.from(source("")).map(item -> item, concurrency(3));
      items.to(sink).deadLetter(letters).run();
      items.filter(FailurePositionTest::isBad).forEach(item -> expected.add(item.position()));
      for (DeadLetter letter : letters.content()) {
        told.add(
            new SourcePosition(String.valueOf(letter.split()), String.valueOf(letter.position())));
      }
      same();
    }
  }
}
