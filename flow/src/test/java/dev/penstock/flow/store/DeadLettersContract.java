package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.StoredLetter.Cause;
import dev.penstock.flow.store.StoredLetter.Content;
import dev.penstock.flow.store.StoredLetter.Draft;
import dev.penstock.flow.store.StoredLetter.Replay;
import dev.penstock.pipeline.plan.SourcePosition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What becomes of dead letters in every store.
abstract class DeadLettersContract extends StoreContract {
  private static final Content KEPT = new Content("Trip[264]", "{\"zone\":264}", null);

  private void keep(Claimed run, String task, String step, long number, Content content) {
    store
        .deadLetters()
        .keepSoon(
            run.lease(),
            new Draft(
                task,
                step,
                number,
                2,
                new Cause("my.ZoneNotFound", "no zone", "at x"),
                content,
                new SourcePosition("trips.csv", "line=" + number)))
        .join();
  }

  /// A task run of a run, in this state.
  private String task(Claimed run, String path, StateName state) {
    String id = id();
    TaskRun.Key key = new TaskRun.Key(run.run().id(), 0, path, "load-0", "load", null);
    store
        .taskRuns()
        .move(
            run.lease(),
            new TaskRuns.TaskMove(id, key, List.of(), 1, state, "", null, null, null, null));
    return id;
  }

  private void end(Claimed run) {
    runs.move(run.lease(), StateName.COMPLETED, FlowRuns.Outcome.message(""));
  }

  private List<StoredLetter> letters(Claimed run) {
    return store.deadLetters().of(run.run().id(), 0, 100);
  }

  private void replay(Claimed run, @Nullable Integer... places) {
    List<StoredLetter> all = letters(run);
    store
        .deadLetters()
        .replay(run.run().id(), List.of(places).stream().map(at -> all.get(at).id()).toList());
  }

  @Test
  void theyComeBackInOrderAndAreCountedByError() {
    Claimed run = begun("a");
    keep(run, "t", "map(lookUp)", 7, KEPT);
    keep(run, "t", "map(lookUp)", 9, new Content("Trip[265]", null, "it is no record"));
    List<StoredLetter> found = letters(run);
    assertThat(found).extracting(each -> each.letter().number()).containsExactly(7L, 9L);
    assertThat(found.getFirst().letter())
        .returns("map(lookUp)", Draft::step)
        .returns(2, Draft::attempts)
        .returns(KEPT, Draft::content)
        .returns(new SourcePosition("trips.csv", "line=7"), Draft::position);
    assertThat(found.getFirst().letter().cause().title()).isEqualTo("ZoneNotFound");
    assertThat(found).extracting(StoredLetter::replayable).containsExactly(true, false);
    assertThat(store.deadLetters().of(run.run().id(), found.getFirst().id(), 100)).hasSize(1);
    assertThat(store.deadLetters().errors(run.run().id())).containsEntry("my.ZoneNotFound", 2L);
  }

  @Test
  void aReplayIsATryOfTheTaskThatGaveThemUp() {
    Claimed run = begun("a");
    String task = task(run, "000000", StateName.COMPLETED);
    String other = task(run, "000001", StateName.COMPLETED);
    keep(run, task, "map", 7, KEPT);
    keep(run, task, "map", 9, KEPT);
    end(run);
    replay(run, 1);
    assertThat(runs.find(run.run().id()).orElseThrow().state().name())
        .isEqualTo(StateName.AWAITING_RETRY);
    assertThat(store.taskRuns().find(task).orElseThrow().state().name())
        .isEqualTo(StateName.AWAITING_RETRY);
    assertThat(store.taskRuns().find(other).orElseThrow().state().name())
        .isEqualTo(StateName.COMPLETED);
    assertThat(store.deadLetters().asked(task))
        .singleElement()
        .returns(9L, each -> each.letter().number());

    Claimed again = claim("b", LEASE).getFirst();
    store.deadLetters().replayed(again.lease(), task);
    assertThat(letters(run))
        .extracting(StoredLetter::replay)
        .containsExactly(Replay.KEPT, Replay.REPLAYED);
    assertThat(store.deadLetters().asked(task)).isEmpty();
  }

  @Test
  void whatCannotBeReplayedIsRefusedWithItsReason() {
    Claimed run = begun("a");
    String task = task(run, "000000", StateName.COMPLETED);
    String failed = task(run, "000001", StateName.FAILED);
    keep(run, task, "map", 1, KEPT);
    keep(run, task, "filter", 2, KEPT);
    keep(run, failed, "map", 3, KEPT);
    keep(run, task, "map", 4, new Content("x", null, "it is no record"));
    assertThatThrownBy(() -> replay(run, 0)).hasMessageContaining("is Running: wait until");
    end(run);
    assertThatThrownBy(() -> replay(run)).hasMessageContaining("at least one");
    assertThatThrownBy(() -> replay(run, 0, 1)).hasMessageContaining("several steps");
    assertThatThrownBy(() -> replay(run, 2)).hasMessageContaining("load-0 is Failed: retry");
    assertThatThrownBy(() -> replay(run, 3)).hasMessageContaining("it is no record");
    assertThat(letters(run)).extracting(StoredLetter::replay).containsOnly(Replay.KEPT);
    replay(run, 0);
    assertThat(runs.find(run.run().id()).orElseThrow().state().name())
        .isEqualTo(StateName.AWAITING_RETRY);
  }

  @Test
  void whoeverHasLostTheRunKeepsNoneAndTheyGoWithIt() {
    Claimed run = begun("a");
    Lease stale = new Lease(run.lease().run(), run.lease().owner(), run.lease().fence() - 1);
    Draft draft = new Draft("t", "map", 1, 1, new Cause("E", "", ""), KEPT, null);
    assertThatThrownBy(() -> store.deadLetters().keepSoon(stale, draft).join())
        .hasRootCauseInstanceOf(Fenced.class);
    keep(run, "t", "map", 7, KEPT);
    end(run);
    assertThat(runs.delete(run.run().id())).isTrue();
    assertThat(letters(run)).isEmpty();
  }
}
