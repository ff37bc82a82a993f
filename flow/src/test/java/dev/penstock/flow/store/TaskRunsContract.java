package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What task runs keep in every store.
abstract class TaskRunsContract extends StoreContract {

  static TaskRuns.TaskMove move(Claimed run, int call) {
    return move(run, call, StateName.RUNNING, List.of(), null);
  }

  /// A move of a task run that this call makes.
  static TaskRuns.TaskMove move(
      Claimed run, int call, StateName state, List<String> tags, @Nullable String child) {
    TaskRun.Key key =
        new TaskRun.Key(
            run.run().id(),
            run.run().generation(),
            "%06d".formatted(call),
            "load-" + call,
            "load",
            child);
    return new TaskRuns.TaskMove(
        "task-" + run.run().id() + call, key, tags, 1, state, "", null, null, null, null);
  }

  private static TaskRuns.TaskMove completed(Claimed run, int call, String result) {
    TaskRuns.TaskMove move = move(run, call, StateName.COMPLETED, List.of(), null);
    return new TaskRuns.TaskMove(
        move.id(), move.key(), List.of("db"), 1, move.state(), "", null, result, null, "{}");
  }

  @Test
  void aTaskRunRemembersItsWayAndItsResult() {
    Claimed run = begun("a");
    TaskRuns tasks = store.taskRuns();
    tasks.move(run.lease(), move(run, 0));
    tasks.move(run.lease(), completed(run, 0, "42"));
    TaskRun found = tasks.of(run.run().id(), 0, "", 10).getFirst();
    assertThat(found.result()).isEqualTo("42");
    assertThat(found.summary()).isEqualTo("{}");
    assertThat(found.times().started()).isNotNull();
    assertThat(found.times().ended()).isNotNull();
    assertThat(tasks.history(found.id()))
        .extracting(State::name)
        .containsExactly(StateName.RUNNING, StateName.COMPLETED);
    assertThat(tasks.histories(run.run().id(), 0, 10))
        .isEqualTo(Map.of(found.id(), tasks.history(found.id())));
    assertThat(tasks.histories(run.run().id(), 0, 1).get(found.id())).hasSize(1);
    assertThat(tasks.histories(run.run().id(), 1, 10)).isEmpty();
    assertThat(tasks.find(found.id())).contains(found);
    assertThat(tasks.call(run.run().id(), 0, "000000")).contains(found);
    assertThat(tasks.call(run.run().id(), 0, "0000")).isEmpty();
  }

  @Test
  void aCallThatAnotherIdWasGivenToIsTheSameTaskRun() {
    Claimed run = begun("a");
    TaskRuns.TaskMove first = move(run, 0);
    store.taskRuns().move(run.lease(), first);
    store
        .taskRuns()
        .move(
            run.lease(),
            new TaskRuns.TaskMove(
                "another",
                first.key(),
                List.of(),
                1,
                StateName.COMPLETED,
                "",
                null,
                "1",
                null,
                null));
    assertThat(store.taskRuns().of(run.run().id(), 0, "", 10))
        .extracting(TaskRun::id)
        .containsExactly(first.id());
    assertThat(store.taskRuns().history(first.id())).hasSize(2);
  }

  @Test
  void callsAreListedInTheirOrderFromAnyOnwards() {
    Claimed run = begun("a");
    for (int call : new int[] {2, 0, 1}) {
      store.taskRuns().move(run.lease(), move(run, call));
    }
    assertThat(store.taskRuns().of(run.run().id(), 0, "000001", 10))
        .extracting(task -> task.key().path())
        .containsExactly("000001", "000002");
  }

  @Test
  void whatIsForgottenIsGoneWithWhatIsInside() {
    Claimed run = begun("a");
    TaskRuns.TaskMove outer = move(run, 0);
    TaskRun.Key inside = new TaskRun.Key(run.run().id(), 0, "000000/000000", "in-0", "in", null);
    store.taskRuns().move(run.lease(), outer);
    store
        .taskRuns()
        .move(
            run.lease(),
            new TaskRuns.TaskMove(
                "in", inside, List.of(), 1, StateName.RUNNING, "", null, null, null, null));
    store.taskRuns().move(run.lease(), move(run, 1));
    store.taskRuns().forget(run.lease(), outer.key());
    assertThat(store.taskRuns().of(run.run().id(), 0, "", 10))
        .extracting(task -> task.key().path())
        .containsExactly("000001");
  }

  @Test
  void onlyWhatWaitsForSomebodyIsAnswered() {
    Claimed run = begun("a");
    TaskRuns.TaskMove move = move(run, 0, StateName.PAUSED, List.of(), null);
    store.taskRuns().move(run.lease(), move);
    assertThat(store.taskRuns().answer(move.id(), "\"yes\"")).isTrue();
    assertThat(store.taskRuns().answer(move.id(), "\"no\"")).isFalse();
    assertThat(store.taskRuns().find(move.id()).orElseThrow().result()).isEqualTo("\"yes\"");
    assertThat(store.taskRuns().history(move.id()))
        .extracting(State::name)
        .containsExactly(StateName.PAUSED, StateName.COMPLETED);
  }

  @Test
  void figuresOfAPipelineAreKeptWhileItRuns() {
    Claimed run = begun("a");
    TaskRuns.TaskMove move = move(run, 0);
    store.taskRuns().move(run.lease(), move);
    store.taskRuns().figuresSoon(run.lease(), move.id(), "{\"in\": 1}").join();
    assertThat(store.taskRuns().find(move.id()).orElseThrow().summary()).isEqualTo("{\"in\": 1}");
  }

  @Test
  void theProgressOfASubflowIsThatOfTheRunThatCalledIt() {
    FlowRun made = create("pool");
    for (int i = 0; i < 4; i++) {
      Claimed outer = claim("a", java.time.Duration.ofSeconds(-1)).getFirst();
      runs.begin(outer.lease(), "v1");
      FlowRun subflow = createSubflow(outer.run(), outer.run());
      Claimed inner = runs.takeSubflow(outer.lease(), subflow.id(), LEASE).orElseThrow();
      store.taskRuns().move(inner.lease(), completed(inner, i, "1"));
      assertThat(runs.expire(1)).containsExactly(made.id());
      assertThat(runs.find(made.id()).orElseThrow().state().name())
          .isEqualTo(StateName.AWAITING_RETRY);
    }
  }

  @Test
  void whoeverLostTheRunWritesNothing() {
    Claimed run = begun("a");
    runs.force(run.run().id(), StateName.FAILED, "");
    assertThatThrownBy(() -> store.taskRuns().move(run.lease(), move(run, 0)))
        .isInstanceOf(Fenced.class)
        .hasMessage("flow run " + run.run().id() + " is no longer held by a under fence 1");
    assertThat(store.taskRuns().of(run.run().id(), 0, "", 10)).isEmpty();
  }

  @Test
  void whatWasSubmittedComesBeforeWhatIsWrittenLater() {
    Claimed run = begun("a");
    for (int call = 0; call < 300; call++) {
      var unused = store.taskRuns().moveSoon(run.lease(), move(run, call));
    }
    Instant before = runs.find(run.run().id()).orElseThrow().state().at();
    runs.move(run.lease(), StateName.COMPLETED, FlowRuns.Outcome.message(""));
    assertThat(store.taskRuns().of(run.run().id(), 0, "", 1000)).hasSize(300);
    assertThat(runs.find(run.run().id()).orElseThrow().state().at()).isAfterOrEqualTo(before);
  }
}
