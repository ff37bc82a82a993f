package dev.penstock.server.pages;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.server.web.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes where a run is, when that is possible.
public final class RunSteering {
  private final Store store;

  public RunSteering(Store store) {
    this.store = store;
  }

  public void cancel(FlowRun run) {
    if (run.state().type().isFinal()) {
      throw refused(run, "there is nothing to cancel");
    }
    store.flowRuns().cancel(run.id());
  }

  public void pause(FlowRun run) {
    StateType type = run.state().type();
    if (type.isFinal() || type == StateType.CANCELLING) {
      throw refused(run, "it cannot be paused any more");
    }
    store.flowRuns().pause(run.id());
  }

  /// @param input the answer to what it asks, as JSON; null for none
  public void resume(FlowRun run, @Nullable String input) {
    if (run.state().type() != StateType.PAUSED) {
      throw refused(run, "it does not wait to be resumed");
    }
    List<TaskRun> asking = store.search().newestTaskRuns(run.id(), StateName.PAUSED, 1);
    if (asking.isEmpty() != (input == null)) {
      throw Refused.badField(
          "input",
          input == null
              ? "the run asks for an answer: write it as JSON, such as {\"approved\": true}"
              : "the run asks nothing: resume it without an answer");
    }
    if (input != null) {
      checkJson(input);
      store.taskRuns().answer(asking.getFirst().id(), input);
    }
    store.flowRuns().resume(run.id());
  }

  private static void checkJson(String text) {
    try {
      JsonTree.read(text);
    } catch (IllegalArgumentException e) {
      throw Refused.badField(
          "input", "this is " + e.getMessage() + "; a text is written in quotes: \"yes\"");
    }
  }

  /// @param fromStart whether all tasks are done again
  public void retry(FlowRun run, boolean fromStart) {
    if (run.call().root() != null) {
      throw Refused.conflict("run " + run.name() + " is part of another: retry that one");
    }
    if (!run.state().type().isFinal()) {
      throw refused(run, "it can be retried when it is over");
    }
    store.flowRuns().retry(run.id(), fromStart);
  }

  private static Refused refused(FlowRun run, String why) {
    return Refused.conflict("run " + run.name() + " is " + run.state().name().title() + ": " + why);
  }
}
