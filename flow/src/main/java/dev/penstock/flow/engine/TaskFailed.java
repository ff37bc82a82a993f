package dev.penstock.flow.engine;

/// A task that failed in an earlier process, with an exception that could not be kept.
public final class TaskFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TaskFailed(String task, String stack) {
    super("task '" + task + "' failed: " + stack.lines().findFirst().orElse("").strip());
  }
}
