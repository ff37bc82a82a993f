package dev.penstock.server.pages;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.server.view.Graph;
import dev.penstock.server.view.Look;
import dev.penstock.server.view.PipelineView;
import dev.penstock.server.view.Timeline;
import dev.penstock.server.view.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run as its page shows it, but for the tabs.
///
/// @param state in words, with how long: `Running for 4 min 12 s`
/// @param deployment of which it is a run; null for none
/// @param usual how long runs of its kind take; empty when that is not known
/// @param tasks how many are in which state, in words
/// @param note why it waits or failed; null when there is nothing to say
/// @param choice of the viewer
/// @param graph of the tasks, in place of the timeline; null where that is wanted
/// @param pipeline of the selected task; null when none has one
/// @param selected the task whose pipeline that is
/// @param asking the task that waits for an answer; null for none
/// @param steers whether the viewer may change where the run is
public record RunView(
    FlowRun run,
    Look look,
    String state,
    @Nullable Deployment deployment,
    String usual,
    List<Parameter> parameters,
    String tasks,
    @Nullable Note note,
    RunChoice choice,
    Timeline timeline,
    @Nullable Graph graph,
    @Nullable PipelineView pipeline,
    @Nullable TaskRun selected,
    @Nullable TaskRun asking,
    boolean steers,
    Words words) {

  /// What the run was called with.
  public record Parameter(String name, String value) {}

  /// What is to be known before all else.
  ///
  /// @param kind its colour: `wait`, `bad`, `gone`
  /// @param command what goes on with the run; empty for none
  public record Note(String kind, String shape, String claim, String reason, String command) {}

  public boolean over() {
    return run.state().type().isFinal();
  }

  public boolean paused() {
    return run.state().type() == StateType.PAUSED;
  }

  public boolean cancelling() {
    return run.state().type() == StateType.CANCELLING;
  }

  /// Whether it can be retried by hand: subflows are retried with the run that called them.
  public boolean retriable() {
    return over() && run.call().root() == null;
  }

  /// The address of the page with another choice.
  public String url(RunChoice other) {
    String address = other.address();
    return "/runs/" + run.id() + (address.isEmpty() ? "" : "?" + address);
  }

  public boolean isSelected(TaskRun task) {
    return selected != null && selected.id().equals(task.id());
  }

  /// How long it was in a state of its history.
  ///
  /// @param next null for where it is now
  public String stay(State state, @Nullable State next) {
    if (next == null) {
      return state.type().isFinal() ? "" : words.since(state.at()) + " so far";
    }
    return Words.duration(java.time.Duration.between(state.at(), next.at()));
  }
}
