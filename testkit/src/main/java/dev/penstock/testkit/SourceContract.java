package dev.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.pipeline.run.PlanRefused;
import dev.penstock.testkit.SourceReading.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What every [Source] must keep. A connector's test extends it, says what its source can do and
/// what it holds, and all tests here run against it. A capability that is not declared must be
/// refused cleanly, never half work.
///
/// @param <T> the type of the records, with a meaningful `equals`
@ExtendWith(NoLeaks.Counter.class)
public abstract class SourceContract<T> {
  private static final Duration WAIT = Duration.ofSeconds(10);

  /// From how many positions reading is tried again, at most.
  private static final int POSITIONS = 30;

  /// The source under test. Each call describes the same records.
  protected abstract Source<T> source() throws Exception;

  /// What the source holds, split after split in the order of `discover`.
  protected abstract List<T> expected() throws Exception;

  /// What the source declares that it can do.
  protected abstract Set<Trait> capabilities();

  /// A source in which some records cannot be made, with the number of good ones it gives; absent
  /// for a source that has no such thing.
  protected Optional<BadRecords<T>> badRecords() throws Exception {
    return Optional.empty();
  }

  /// A source some of whose records cannot be made.
  ///
  /// @param source the source
  /// @param good the records that can be made, in order
  /// @param bad how many cannot
  public record BadRecords<T>(Source<T> source, List<T> good, int bad) {}

  @Test
  void the_traits_are_those_that_are_declared() throws Exception {
    assertThat(source().traits()).isEqualTo(capabilities());
  }

  @Test
  void a_full_read_gives_every_record_in_order() throws Exception {
    Source<T> source = source();
    assertThat(records(splitBySplit(source, read(source)))).isEqualTo(expected());
  }

  @Test
  void reading_again_gives_the_same() throws Exception {
    Source<T> source = source();
    read(source);
    assertThat(records(splitBySplit(source, read(source)))).isEqualTo(expected());
  }

  @Test
  void the_engine_reads_every_record_in_order() throws Exception {
    List<T> read = Pipeline.from(source()).toList();
    if (capabilities().contains(Trait.INTERLEAVED)) {
      assertThat(read).containsExactlyInAnyOrderElementsOf(expected());
    } else {
      assertThat(read).isEqualTo(expected());
    }
  }

  @Test
  void splits_come_one_after_another_without_interleaved() throws Exception {
    assumeTrue(!capabilities().contains(Trait.INTERLEAVED), "declares INTERLEAVED");
    Source<T> source = source();
    List<Taken<T>> taken = read(source);
    assertThat(taken).isEqualTo(splitBySplit(source, taken));
  }

  @Test
  void splits_are_named_once_and_stay_the_same() throws Exception {
    List<Split> splits = source().discover();
    assertThat(splits).doesNotHaveDuplicates().isEqualTo(source().discover());
    if (!capabilities().contains(Trait.SPLITTABLE)) {
      assertThat(splits.size()).as("splits without SPLITTABLE").isLessThanOrEqualTo(1);
    }
  }

  @Test
  void each_split_read_alone_gives_its_part() throws Exception {
    Source<T> source = source();
    List<T> parts = new ArrayList<>();
    for (Split split : source.discover()) {
      List<Taken<T>> taken = read(source, Map.of(split, Optional.empty()));
      assertThat(taken).allMatch(t -> t.split().equals(split));
      parts.addAll(records(taken));
    }
    assertThat(parts).isEqualTo(expected());
  }

  @Test
  void reading_from_a_position_gives_exactly_the_records_after_it() throws Exception {
    assumeTrue(capabilities().contains(Trait.SEEKABLE), "declares no SEEKABLE");
    Source<T> source = source();
    List<Taken<T>> all = read(source);
    int step = Math.max(1, all.size() / POSITIONS);
    for (int i = 0; i < all.size(); i = i == all.size() - 1 ? i + 1 : next(i, step, all.size())) {
      Taken<T> at = all.get(i);
      List<Taken<T>> tail = new ArrayList<>(all.subList(i + 1, all.size()));
      tail.removeIf(t -> !t.split().equals(at.split()));
      Map<Split, Optional<Position>> from = Map.of(at.split(), Optional.of(at.after()));
      List<Taken<T>> again = read(source, from);
      assertThat(records(again))
          .as("read from %s, after record %s", at.after(), i)
          .isEqualTo(records(tail));
      assertThat(again)
          .as("positions after resuming")
          .extracting(Taken::after)
          .isEqualTo(tail.stream().map(Taken::after).toList());
    }
  }

  @Test
  void positions_differ_from_record_to_record() throws Exception {
    assumeTrue(capabilities().contains(Trait.SEEKABLE), "declares no SEEKABLE");
    Map<Split, Set<Position>> seen = new LinkedHashMap<>();
    for (Taken<T> taken : read(source())) {
      assertThat(seen.computeIfAbsent(taken.split(), _ -> new HashSet<>()).add(taken.after()))
          .as("%s of %s is new", taken.after(), taken.split())
          .isTrue();
    }
  }

  @Test
  void positions_stay_valid_after_the_reader_went_on() throws Exception {
    assumeTrue(capabilities().contains(Trait.SEEKABLE), "declares no SEEKABLE");
    try (SourceReading<T> reading = SourceReading.open(source())) {
      reading.assignAll();
      List<Taken<T>> taken = reading.toEnd(WAIT);
      assertThat(reading.positionsAskedLate()).isEqualTo(taken.stream().map(Taken::after).toList());
    }
  }

  @Test
  void a_position_without_seekable_is_refused() throws Exception {
    assumeTrue(!capabilities().contains(Trait.SEEKABLE), "declares SEEKABLE");
    Source<T> source = source();
    try (SourceReading<T> reading = SourceReading.open(source)) {
      Split first = source.discover().getFirst();
      assertThatThrownBy(() -> reading.assign(Map.of(first, Optional.of(Position.of("17")))))
          .isInstanceOf(Exception.class)
          .hasMessageNotContaining("NullPointer");
    }
  }

  @Test
  void resumable_without_seekable_is_refused_by_name() throws Exception {
    assumeTrue(!capabilities().contains(Trait.SEEKABLE), "declares SEEKABLE");
    Source<T> source = source();
    MemoryTable<T> table = new MemoryTable<>("refused");
    assertThatThrownBy(() -> Pipeline.from(source).to(table).resumable("contract").run())
        .isInstanceOf(PlanRefused.class)
        .hasMessageContaining(source.describe());
    assertThat(table.content()).isEmpty();
  }

  @Test
  void after_its_end_a_split_gives_nothing_more() throws Exception {
    try (SourceReading<T> reading = SourceReading.open(source())) {
      reading.assignAll();
      reading.toEnd(WAIT);
      assertThat(reading.reader().poll(Duration.ofMillis(1))).isNull();
      assertThat(reading.chunksAfterLast()).as("chunks after last() of their split").isEmpty();
    }
  }

  @Test
  void a_released_split_is_not_read_on() throws Exception {
    assumeTrue(capabilities().contains(Trait.SPLITTABLE), "declares no SPLITTABLE");
    Source<T> source = source();
    List<Split> splits = source.discover();
    assumeTrue(splits.size() > 1, "has one split only");
    try (SourceReading<T> reading = SourceReading.open(source)) {
      reading.assignAll();
      reading.reader().release(Set.of(splits.getLast()));
      assertThat(reading.toEnd(WAIT)).noneMatch(t -> t.split().equals(splits.getLast()));
    }
  }

  @Test
  void closing_twice_is_the_same_as_once() throws Exception {
    Reader<T> reader = SourceReading.open(source()).reader();
    reader.close();
    reader.close();
  }

  @Test
  void an_early_close_leaves_nothing_behind() throws Exception {
    try (SourceReading<T> nothingAssigned = SourceReading.open(source())) {
      assertThat(nothingAssigned.reader()).isNotNull();
    }
    try (SourceReading<T> nothingRead = SourceReading.open(source())) {
      nothingRead.assignAll();
    }
    try (SourceReading<T> begun = SourceReading.open(source())) {
      begun.assignAll();
      begun.reader().poll(WAIT);
    }
    List<T> one = Pipeline.from(source()).take(1).toList();
    assertThat(one).hasSize(Math.min(1, expected().size())).isSubsetOf(expected());
  }

  @Test
  void a_size_that_is_told_is_true() throws Exception {
    Source<T> source = source();
    source.discover();
    if (source.size().isPresent()) {
      assertThat(source.size().getAsLong()).isEqualTo(expected().size());
    }
  }

  @Test
  void its_description_is_one_line() throws Exception {
    assertThat(source().describe()).isNotBlank().doesNotContain("\n");
    assertThat(Pipeline.from(source()).explain()).contains(source().describe());
  }

  @Test
  void a_bad_record_does_not_stop_the_others() throws Exception {
    Optional<BadRecords<T>> given = badRecords();
    assumeTrue(given.isPresent(), "has no bad records");
    BadRecords<T> bad = given.get();
    List<Taken<T>> taken = read(bad.source());
    assertThat(taken.stream().filter(t -> t.failure() == null).map(Taken::record).toList())
        .isEqualTo(bad.good());
    assertThat(taken.stream().filter(t -> t.failure() != null).count()).isEqualTo(bad.bad());
    List<String> messages = new ArrayList<>();
    List<T> good =
        Pipeline.from(bad.source())
            .catching(Exception.class)
            .onFailure(f -> messages.add(String.valueOf(f.cause().getMessage())))
            .skip()
            .toList();
    assertThat(good).isEqualTo(bad.good());
    assertThat(messages).hasSize(bad.bad()).allMatch(m -> !m.isBlank());
  }

  private static int next(int i, int step, int size) {
    return Math.min(i + step, size - 1);
  }

  /// What was taken, in the order of the splits, and within each as it came.
  private static <T> List<Taken<T>> splitBySplit(Source<T> source, List<Taken<T>> taken)
      throws Exception {
    List<Split> splits = source.discover();
    return taken.stream().sorted(Comparator.comparingInt(t -> splits.indexOf(t.split()))).toList();
  }

  private List<Taken<T>> read(Source<T> source) throws Exception {
    try (SourceReading<T> reading = SourceReading.open(source)) {
      reading.assignAll();
      return reading.toEnd(WAIT);
    }
  }

  private List<Taken<T>> read(Source<T> source, Map<Split, Optional<Position>> from)
      throws Exception {
    try (SourceReading<T> reading = SourceReading.open(source)) {
      reading.assign(from);
      return reading.toEnd(WAIT);
    }
  }

  private static <T> List<T> records(List<Taken<T>> taken) {
    List<T> records = new ArrayList<>();
    for (Taken<T> one : taken) {
      if (one.failure() != null) {
        throw new AssertionError("record " + records.size() + " failed", one.failure());
      }
      records.add(one.record());
    }
    return records;
  }
}
