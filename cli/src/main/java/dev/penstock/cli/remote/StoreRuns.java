package dev.penstock.cli.remote;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FoundRuns;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.RunLogs;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.TaskRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Flow runs of a store.
public record StoreRuns(Store store) implements Runs {
  private static final int LINES = 1000;

  @Override
  public List<FlowRun> list(RunFilter filter, int atMost) {
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

  @Override
  public List<FlowRun> called(String word, int atMost) {
    return store.search().flowRuns(word, atMost);
  }

  @Override
  public Optional<FlowRun> find(String id) {
    return store.flowRuns().find(id);
  }

  @Override
  public List<State> history(String id) {
    return store.flowRuns().history(id);
  }

  @Override
  public Map<StateName, Integer> taskStates(String id) {
    return store.search().taskStates(id);
  }

  @Override
  public List<RunLogs.Line> lines(String id, long after) {
    return store.logs().of(id, after, LINES);
  }

  @Override
  public Optional<String> taskName(String taskRun) {
    return store.taskRuns().find(taskRun).map(task -> task.key().name());
  }

  @Override
  public Optional<String> asks(String id) {
    return asking(id).map(task -> task.state().message());
  }

  private Optional<TaskRun> asking(String id) {
    return store.search().newestTaskRuns(id, StateName.PAUSED, 1).stream().findFirst();
  }

  @Override
  public Optional<State> cancel(String id) {
    return store.flowRuns().cancel(id);
  }

  @Override
  public Optional<State> pause(String id) {
    return store.flowRuns().pause(id);
  }

  @Override
  public void resume(String id, @Nullable String input) {
    if (input != null) {
      asking(id).ifPresent(task -> store.taskRuns().answer(task.id(), input));
    }
    store.flowRuns().resume(id);
  }

  @Override
  public void retry(String id, boolean fromStart) {
    store.flowRuns().retry(id, fromStart);
  }

  @Override
  public void force(String id, StateName state, String message) {
    store.flowRuns().force(id, state, message);
  }

  @Override
  public boolean delete(String id) {
    return store.flowRuns().delete(id);
  }
}
