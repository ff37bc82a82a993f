package dev.penstock.cli.runs;

import dev.penstock.cli.session.Session;
import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FoundRuns;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.ReplayRefused;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.RunLogs;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoredLetter;
import dev.penstock.flow.store.TaskRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Flow runs as these commands read and change them.
record Runs(Store store) {
  private static final int LINES = 1000;

  static Runs of(Session session) {
    return new Runs(session.store());
  }

  /// The newest first.
  List<FlowRun> list(RunFilter filter, int atMost) {
    if (filter.text() == null) {
      return store.flowRuns().list(filter, Page.first(atMost));
    }
    List<FlowRun> runs = new ArrayList<>();
    String after = null;
    do {
      Page page = new Page(after, atMost - runs.size());
      FoundRuns found = store.flowRuns().search(filter, page, FoundRuns.LOOK);
      runs.addAll(found.runs());
      after = found.next();
    } while (after != null && runs.size() < atMost);
    return runs;
  }

  /// Those with this id, one that begins so, or this name, the newest first.
  List<FlowRun> called(String word, int atMost) {
    return store.search().flowRuns(word, atMost);
  }

  Optional<FlowRun> find(String id) {
    return store.flowRuns().find(id);
  }

  /// Every state it was in, the first one first.
  List<State> history(String id) {
    return store.flowRuns().history(id);
  }

  /// How many of its tasks are in each state.
  Map<StateName, Integer> taskStates(String id) {
    return store.search().taskStates(id);
  }

  /// Lines of its log after the one of this id, the oldest first; several hundred at once.
  ///
  /// @return the last page when it is empty
  List<RunLogs.Line> lines(String id, long after) {
    return store.logs().of(id, after, LINES);
  }

  /// The name of a task run.
  Optional<String> taskName(String taskRun) {
    return store.taskRuns().find(taskRun).map(task -> task.key().name());
  }

  /// What it asks, when it waits for an answer.
  Optional<String> asks(String id) {
    return asking(id).map(task -> task.state().message());
  }

  private Optional<TaskRun> asking(String id) {
    return store.search().newestTaskRuns(id, StateName.PAUSED, 1).stream().findFirst();
  }

  /// @return where it is then; empty when it is not there
  Optional<State> cancel(String id) {
    return store.flowRuns().cancel(id);
  }

  /// @return where it is then; empty when it is not there
  Optional<State> pause(String id) {
    return store.flowRuns().pause(id);
  }

  /// @param input the answer to what it asks, as JSON; null for none
  void resume(String id, @Nullable String input) {
    if (input != null) {
      asking(id).ifPresent(task -> store.taskRuns().answer(task.id(), input));
    }
    store.flowRuns().resume(id);
  }

  void retry(String id, boolean fromStart) {
    store.flowRuns().retry(id, fromStart);
  }

  /// The records that its pipelines have given up, in that order.
  ///
  /// @param after the id of the last one before; 0 for the first
  List<StoredLetter> letters(String id, long after, int atMost) {
    return store.deadLetters().of(id, after, atMost);
  }

  /// @throws ReplayRefused when they cannot be tried again
  void replay(String id, List<Long> letters) {
    store.deadLetters().replay(id, letters);
  }

  /// @param state a final one
  void force(String id, StateName state, String message) {
    store.flowRuns().force(id, state, message);
  }

  /// @return whether it is gone; false when a process holds it
  boolean delete(String id) {
    return store.flowRuns().delete(id);
  }
}
