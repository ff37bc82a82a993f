package dev.penstock.testkit.reference;

import static dev.penstock.pipeline.Steps.commitEvery;
import static dev.penstock.pipeline.Steps.concurrency;
import static dev.penstock.pipeline.Steps.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.pipeline.run.PlanRefused;
import dev.penstock.testkit.MemoryFiles;
import dev.penstock.testkit.MemorySource;
import dev.penstock.testkit.MemoryTable;
import dev.penstock.testkit.NoLeaks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Resumable runs over several sources: what random pipelines do not show.
@NoLeaks
@Timeout(180)
class SeveralSourcesTest {
  private final MemoryTable<Object> table = new MemoryTable<>("t");
  private final MemoryFiles<Object> files = new MemoryFiles<>("f");
  private final Pipeline<Object> letters = read("a", "b", "c");
  private final Pipeline<Object> numbers = read(1, 2, 3);

  private static Pipeline<Object> read(Object... records) {
    return Pipeline.from(MemorySource.of(List.of(records)));
  }

  private static RunnablePipeline resumable(Pipeline<Object> pipeline, Sink<Object> sink) {
    return pipeline.to(sink).resumable("p", commitEvery(2, within(Duration.ofMinutes(1))));
  }

  @Test
  void a_pipeline_to_which_another_is_added_goes_on_where_it_was() {
    Pipeline<Object> first = letters.zipWithIndex().map(i -> i.toString());

    resumable(first, table).run();
    resumable(first.concat(numbers), table).run();
    resumable(first.merge(numbers, read("new")), table).run();

    assertThat(table.content())
        .containsExactly(
            "Indexed[index=0, record=a]",
            "Indexed[index=1, record=b]",
            "Indexed[index=2, record=c]",
            1,
            2,
            3,
            "new");
    assertThat(table.violations()).isEmpty();
  }

  @Test
  void the_same_source_twice_is_read_twice() {
    resumable(letters.concat(letters), files).run();
    resumable(letters.concat(letters), files).run();

    assertThat(files.content()).containsExactly("a", "b", "c", "a", "b", "c");
  }

  @Test
  void a_source_that_has_nothing_to_give_does_not_hold_up_the_others() {
    Pipeline<Object> many = read(IntStream.range(0, 50).boxed().toArray());
    Pipeline<Object> idle = Pipeline.from(new Until(List.of(), () -> committed() >= 10));

    resumable(many.merge(idle), table).run();

    assertThat(table.content()).hasSize(50);
  }

  @Test
  void a_batch_that_is_not_full_does_not_hold_up_other_sources() {
    Pipeline<Object> many = read(IntStream.range(0, 50).boxed().toArray());
    Pipeline<Object> slow = Pipeline.from(new Until(List.of("a", "b"), () -> committed() >= 10));

    resumable(many.merge(slow.batch(1_000).map(batch -> (Object) batch)), table).run();

    assertThat(table.content()).hasSize(51).contains(List.of("a", "b"));
  }

  private int committed() {
    return table.content().size();
  }

  @Test
  void zip_goes_on_with_the_records_that_belong_together() {
    resumable(read("a", "b").zip(numbers, (l, n) -> l + "" + n), table).run();
    resumable(letters.zip(numbers, (l, n) -> l + "" + n), table).run();

    assertThat(table.content()).containsExactly("a1", "b2", "c3");
  }

  @Test
  void zips_of_zips_are_cut_together() {
    resumable(letters.zip(numbers, (l, n) -> l + "" + n).zip(letters, (a, b) -> a + b), table)
        .run();

    assertThat(table.content()).containsExactly("a1a", "b2b", "c3c");
    assertThat(table.cuts().getFirst().to())
        .containsOnlyKeys(
            new Split("split-0"), new Split("source 2: split-0"), new Split("source 3: split-0"));
  }

  @Test
  void what_depends_on_an_order_is_refused_where_there_is_none() {
    refused(
        letters.merge(numbers).take(2),
        table,
        "take(2) cannot be resumed: it depends on the order of records, and merge gives records as"
            + " they come; use concat, or run it without resumable");
    refused(
        letters.flatMap(List::of, concurrency(2)).take(2),
        table,
        "take(2) cannot be resumed: it depends on the order of records, and the children of several"
            + " records come to it in turn; use flatMap without a concurrency, or run it without"
            + " resumable");
    refused(
        letters
            .concat(Pipeline.from(MemorySource.ofSplits(List.of(List.of(1), List.of(2)))))
            .skip(1),
        table,
        "skip(1) cannot be resumed: it depends on the order of records, and the source has 2 splits,"
            + " read in no promised order; read one split, or run it without resumable");
  }

  @Test
  void what_a_pair_cannot_hold_is_refused_above_zip() {
    refused(
        letters.take(2).zip(numbers, List::of),
        table,
        "take(2) cannot be resumed: its state cannot be stored at a pair of the zip below it; put it"
            + " below the zip, or run it without resumable");
    refused(
        letters.concat(numbers).zip(numbers, List::of),
        table,
        "an input of it is a concat, the positions of which are not known at a pair; zip each of"
            + " its parts, or run it without resumable");
    refused(
        letters.merge(numbers).zip(numbers, List::of),
        table,
        "it depends on the order of records, and merge gives records as they come; use concat");
  }

  @Test
  void mixed_sources_are_refused_into_files() {
    refused(
        letters.merge(numbers),
        files,
        "cannot be resumed: a file holds records of one split, and it mixes those of several; write"
            + " to a database");
    refused(letters.zip(numbers, List::of), files, "a file holds records of one split");
  }

  private void refused(Pipeline<?> pipeline, Sink<Object> sink, String message) {
    assertThatExceptionOfType(PlanRefused.class)
        .isThrownBy(() -> resumable(pipeline.map(r -> (Object) r), sink).run())
        .withMessageContaining(message);
  }

  /// A source that has no more to give for now, until something has happened.
  private record Until(List<Object> records, BooleanSupplier happened) implements Source<Object> {
    private static final Split SPLIT = new Split("until");

    @Override
    public Set<Trait> traits() {
      return Set.of(Trait.SEEKABLE, Trait.BOUNDED);
    }

    @Override
    public List<Split> discover() {
      return List.of(SPLIT);
    }

    @Override
    public Reader<Object> open(Assignments events) {
      return new Reader<>() {
        private boolean given;

        @Override
        public void assign(Map<Split, Optional<Position>> from) {}

        @Override
        public Chunk<Object> poll(Duration upTo) throws InterruptedException {
          if (given && happened.getAsBoolean()) {
            return null;
          }
          if (given) {
            Thread.sleep(upTo.dividedBy(50));
          }
          Chunk<Object> chunk = new Piece(given ? List.of() : records);
          given = true;
          return chunk;
        }

        @Override
        public void release(Set<Split> splits) {}

        @Override
        public void close() {}
      };
    }

    @Override
    public String describe() {
      return "until";
    }
  }

  private record Piece(List<Object> records) implements Chunk<Object> {
    @Override
    public Split split() {
      return Until.SPLIT;
    }

    @Override
    public int size() {
      return records.size();
    }

    @Override
    public Object get(int i) {
      return records.get(i);
    }

    @Override
    public Position after(int i) {
      return Position.of(Integer.toString(i + 1));
    }

    @Override
    public boolean last() {
      return false;
    }
  }
}
