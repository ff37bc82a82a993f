package dev.penstock.cli.runs;

import dev.penstock.cli.session.LimitOption;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.state.StateName;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `penstock task-run ls`.
@Command(
    name = "ls",
    description = "Lists task runs, the newest first.",
    footer = {
      "%nExamples:",
      "  penstock task-run ls --flow-run lucky-otter",
      "  penstock task-run ls --state Failed"
    })
final class TaskRunLs implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--flow-run",
      paramLabel = "RUN",
      description = "Of this flow run: its id, or the beginning, or its name.")
  private @Nullable String flowRun;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      converter = StateConverter.class,
      description = "In this state, such as Failed.")
  private @Nullable StateName state;

  @Mixin private LimitOption limit = new LimitOption();

  TaskRunLs(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String run = flowRun == null ? null : FoundRun.of(session, flowRun).id();
    TaskRunText.listing(session)
        .print(session, output, session.store().search().newestTaskRuns(run, state, limit.rows()));
    return 0;
  }
}
