package dev.penstock.server.view;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.TaskRun;
import java.util.List;

/// A task run with the states it was in, and how deep it lies within subflows.
///
/// @param history every state, the first one first
/// @param depth 0 for those of the run itself
public record TaskLine(TaskRun task, List<State> history, int depth) {
  public TaskLine {
    history = List.copyOf(history);
  }

  boolean waitsForSlot() {
    return task.state().name() == StateName.AWAITING_CONCURRENCY_SLOT;
  }

  boolean isPipeline() {
    return task.summary() != null;
  }
}
