package dev.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StageWriter;
import dev.penstock.pipeline.connector.StagedSink;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [StagedSink] must keep: staged output is durable and invisible, publishing may be
/// repeated by anybody, and the log lets one claim only go on.
///
/// @param <T> the type of the records, with a meaningful `equals`
/// @param <S> what names staged output
public abstract class StagedSinkContract<T, S> extends SinkContract<T> {
  private static final Split LANE = new Split("lane-0");
  private static final Split OTHER = new Split("lane/1 = x");

  @Override
  protected abstract StagedSink<T, S> sink() throws Exception;

  @Test
  void staged_output_is_invisible_until_it_is_published() throws Exception {
    try (StageWriter<T, S> writer = sink().open(LANE, Optional.empty())) {
      write(writer, 0, 20);
      S staged = writer.stage(Cuts.of(LANE, null, "20"));
      assertThat(visible()).isEmpty();
      sink().publish(staged);
      assertVisible(0, 20);
    }
    assertVisible(0, 20);
  }

  @Test
  void publishing_twice_is_the_same_as_once() throws Exception {
    try (StageWriter<T, S> writer = sink().open(LANE, Optional.empty())) {
      write(writer, 0, 20);
      S staged = writer.stage(Cuts.of(LANE, null, "20"));
      sink().publish(staged);
      sink().publish(staged);
    }
    assertVisible(0, 20);
  }

  @Test
  void another_process_publishes_what_was_encoded() throws Exception {
    StagedSink<T, S> first = sink();
    byte[] encoded;
    try (StageWriter<T, S> writer = first.open(LANE, Optional.empty())) {
      write(writer, 0, 20);
      encoded = first.encode(writer.stage(Cuts.of(LANE, null, "20")));
    }
    assertThat(visible()).isEmpty();
    StagedSink<T, S> second = sink();
    second.publish(second.decode(encoded));
    assertVisible(0, 20);
  }

  @Test
  void discarded_output_never_shows() throws Exception {
    try (StageWriter<T, S> writer = sink().open(LANE, Optional.empty())) {
      write(writer, 0, 20);
      sink().discard(writer.stage(Cuts.of(LANE, null, "20")));
      write(writer, 20, 30);
      writer.discard();
      write(writer, 30, 35);
      sink().publish(writer.stage(Cuts.of(LANE, null, "35")));
    }
    assertVisible(30, 35);
  }

  @Test
  void closing_without_staging_leaves_nothing() throws Exception {
    StageWriter<T, S> writer = sink().open(LANE, Optional.empty());
    write(writer, 0, 20);
    writer.close();
    writer.close();
    assertThat(visible()).isEmpty();
  }

  @Test
  void several_units_and_lanes_stand_beside_each_other() throws Exception {
    try (StageWriter<T, S> one = sink().open(LANE, Optional.empty());
        StageWriter<T, S> two = sink().open(OTHER, Optional.empty())) {
      write(one, 0, 5);
      write(two, 10, 15);
      S first = one.stage(Cuts.of(LANE, null, "5"));
      S third = two.stage(Cuts.of(OTHER, null, "5"));
      write(one, 5, 10);
      S second = one.stage(Cuts.of(LANE, "5", "10"));
      sink().publish(second);
      sink().publish(third);
      sink().publish(first);
    }
    assertVisible(0, 15);
  }

  @Test
  void the_log_keeps_entries_with_positions_states_and_stages() throws Exception {
    StagedSink<T, S> sink = sink();
    try (CommitLog log = sink.log();
        StageWriter<T, S> writer = sink.open(LANE, Optional.empty())) {
      Claim claim = log.claim("p", Set.of(LANE, OTHER));
      assertThat(claim.pipeline()).isEqualTo("p");
      assertThat(claim.last()).allSatisfy(Cuts::startsHere);
      write(writer, 0, 5);
      S staged = writer.stage(Cuts.of(LANE, null, "5"));
      claim.append(Map.of(LANE, entry(1, null, "5", sink.encode(staged))));
      Map<Split, Entry> last = log.claim("p", Set.of(LANE, OTHER)).last();
      assertThat(Cuts.to(last, LANE)).contains(Position.of("5"));
      assertThat(Cuts.to(last, OTHER)).isEmpty();
      assertThat(Cuts.state(last, "take(7)")).isEqualTo(new byte[] {0, -1, 127});
      byte[] kept = Cuts.entry(last, LANE).staged().orElseThrow();
      sink.publish(sink.decode(kept));
    }
    assertVisible(0, 5);
  }

  @Test
  void entries_follow_each_other() throws Exception {
    StagedSink<T, S> sink = sink();
    try (CommitLog log = sink.log()) {
      Claim claim = log.claim("p", Set.of(LANE));
      for (int i = 1; i <= 5; i++) {
        claim.append(Map.of(LANE, entry(i, i == 1 ? null : "" + (i - 1), "" + i, null)));
      }
      Entry last = Cuts.entry(log.claim("p", Set.of(LANE)).last(), LANE);
      assertThat(last.to()).contains(Position.of("5"));
      assertThat(last.number()).isGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void a_later_claim_fences_the_earlier_one() throws Exception {
    StagedSink<T, S> sink = sink();
    try (CommitLog log = sink.log();
        CommitLog another = sink.log()) {
      Claim old = log.claim("p", Set.of(LANE));
      old.append(Map.of(LANE, entry(1, null, "1", null)));
      Claim now = another.claim("p", Set.of(LANE));
      assertThatThrownBy(() -> old.append(Map.of(LANE, entry(2, "1", "2", null))))
          .isInstanceOf(Fenced.class);
      assertThat(Cuts.to(now.last(), LANE)).contains(Position.of("1"));
      now.append(Map.of(LANE, entry(next(now), "1", "3", null)));
      assertThatThrownBy(() -> old.append(Map.of(LANE, entry(3, "1", "2", null))))
          .isInstanceOf(Fenced.class);
      assertThat(Cuts.to(log.claim("p", Set.of(LANE)).last(), LANE)).contains(Position.of("3"));
    }
  }

  @Test
  void what_was_forgotten_begins_anew_and_who_had_it_is_fenced() throws Exception {
    try (CommitLog log = sink().log()) {
      Claim old = log.claim("p", Set.of(LANE));
      old.append(Map.of(LANE, entry(1, null, "1", null)));
      log.forget("p");
      assertThatThrownBy(() -> old.append(Map.of(LANE, entry(2, "1", "2", null))))
          .isInstanceOf(Fenced.class);
      assertThat(log.claim("p", Set.of(LANE)).last()).allSatisfy(Cuts::startsHere);
      log.forget("never seen");
    }
  }

  @Test
  void pipelines_of_other_names_are_left_alone() throws Exception {
    try (CommitLog log = sink().log()) {
      Claim claim = log.claim("p", Set.of(LANE));
      assertThat(log.claim("another", Set.of(LANE)).last()).allSatisfy(Cuts::startsHere);
      claim.append(Map.of(LANE, entry(1, null, "1", null)));
      assertThat(log.claim("another", Set.of(LANE)).last()).allSatisfy(Cuts::startsHere);
    }
  }

  @Test
  void a_resumable_run_that_is_run_again_changes_nothing() throws Exception {
    runAgainChangesNothing();
  }

  private static long next(Claim claim) {
    Entry last = claim.last().get(LANE);
    return last == null ? 1 : last.number() + 1;
  }

  private static Entry entry(
      long number, @Nullable String from, String to, byte @Nullable [] staged) {
    return new Entry(
        number,
        Optional.ofNullable(from).map(Position::of),
        Optional.of(Position.of(to)),
        Map.of("take(7)", new byte[] {0, -1, 127}),
        Optional.ofNullable(staged));
  }

  private void write(StageWriter<T, S> writer, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      writer.write(record(i));
    }
  }
}
