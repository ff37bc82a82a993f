package dev.penstock.server.pages;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.server.view.Look;
import dev.penstock.server.view.TaskLine;
import dev.penstock.server.view.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be known of a run before all else: why it waits, why it failed, and what goes on with
/// it.
final class RunNote {
  private RunNote() {}

  static RunView.@Nullable Note of(FlowRun run, List<TaskLine> lines, Words words) {
    Look look = Look.of(run.state().name());
    String since = words.since(run.state().at());
    String message = run.state().message();
    return switch (run.state().type()) {
      case FAILED -> new RunView.Note("bad", look.shape(), error(run), failedTask(lines), "");
      case CRASHED ->
          new RunView.Note(
              "gone", look.shape(), "The process that ran it is gone.", message, goOn(run));
      case PAUSED ->
          new RunView.Note(
              "wait",
              look.shape(),
              "It has waited " + since + " to be resumed.",
              message,
              goOn(run));
      case SCHEDULED ->
          run.state().name() == StateName.SCHEDULED && run.due().isAfter(words.now())
              ? new RunView.Note(
                  "idle", look.shape(), "It starts at " + words.time(run.due()) + ".", message, "")
              : new RunView.Note(
                  "wait",
                  look.shape(),
                  "It has waited " + since + ": " + waitsFor(run),
                  message,
                  goOn(run));
      case PENDING, RUNNING, CANCELLING -> waiting(lines, words);
      case COMPLETED, CANCELLED -> null;
    };
  }

  private static String waitsFor(FlowRun run) {
    return switch (run.state().name()) {
      case AWAITING_CONCURRENCY_SLOT -> "all slots are held.";
      case AWAITING_RETRY -> "it is tried again.";
      default ->
          run.origin().pool() == null
              ? "only the process that made it runs it."
              : "no worker of pool " + run.origin().pool() + " has taken it.";
    };
  }

  /// How a run goes on that belongs to no pool.
  private static String goOn(FlowRun run) {
    if (run.origin().pool() != null || run.origin().source() == null) {
      return "";
    }
    return "penstock run " + run.origin().source() + " --flow-run " + run.id();
  }

  private static String error(FlowRun run) {
    String error = run.error() == null ? run.state().message() : run.error();
    String first = error.lines().findFirst().orElse("");
    return first.isEmpty() ? "It failed." : first;
  }

  private static String failedTask(List<TaskLine> lines) {
    return lines.stream()
        .map(TaskLine::task)
        .filter(task -> task.state().type() == StateType.FAILED)
        .reduce((_, last) -> last)
        .map(task -> "Task " + task.key().name() + " failed at attempt " + task.attempt() + ".")
        .orElse("");
  }

  private static RunView.@Nullable Note waiting(List<TaskLine> lines, Words words) {
    return lines.stream()
        .map(TaskLine::task)
        .filter(task -> task.state().name() == StateName.AWAITING_CONCURRENCY_SLOT)
        .findFirst()
        .map(task ->
            new RunView.Note(
                "wait",
                "slot",
                task.key().name()
                    + " has waited "
                    + words.since(task.state().at())
                    + " for a slot of "
                    + String.join(", ", task.tags().stream().map(tag -> "tag " + tag).toList())
                    + ".",
                task.state().message(),
                ""))
        .orElse(null);
  }
}
