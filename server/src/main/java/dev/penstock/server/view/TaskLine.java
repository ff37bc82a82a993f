package dev.penstock.server.view;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.TaskRun;
import java.util.List;

/// A task run with the states it was in, and how deep it lies within subflows.
///
/// @param history every state, the first one first
/// @param depth 0 for those of the run itself
/// @param group all that share its row, itself first; empty for one with a row of its own
public record TaskLine(TaskRun task, List<State> history, int depth, List<TaskRun> group) {
  public TaskLine {
    history = List.copyOf(history);
    group = List.copyOf(group);
  }

  /// With a row of its own.
  public TaskLine(TaskRun task, List<State> history, int depth) {
    this(task, history, depth, List.of());
  }

  TaskLine with(List<TaskRun> others) {
    return new TaskLine(task, history, depth, others);
  }

  boolean waitsForSlot() {
    return task.state().name() == StateName.AWAITING_CONCURRENCY_SLOT;
  }

  boolean isPipeline() {
    return task.summary() != null;
  }
}
