package dev.penstock.cli.runs;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.TaskRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock task-run logs`.
@Command(
    name = "logs",
    description = {"Shows what a task run has logged.", "--output json: an object on each line."},
    footer = {"%nExample:", "  penstock task-run logs 01990b2c --follow"})
final class TaskRunLogs implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();
  @Mixin private TaskRunParameter task = new TaskRunParameter();
  @Mixin private LogLines lines = new LogLines();

  TaskRunLogs(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    TaskRun found = task.find(session);
    FlowRun run =
        session
            .store()
            .flowRuns()
            .find(found.key().flowRun())
            .orElseThrow(
                () -> new CommandFailed("the flow run of this task has just been deleted"));
    lines.print(session, output, run, found);
    return 0;
  }
}
