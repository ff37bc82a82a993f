package dev.penstock.cli.runs;

import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock flow-run logs`.
@Command(
    name = "logs",
    description = {
      "Shows what a flow run and its tasks have logged.",
      "--output json: an object on each line."
    },
    footer = {
      "%nExamples:",
      "  penstock flow-run logs lucky-otter --follow",
      "  penstock flow-run logs lucky-otter --level WARNING"
    })
final class FlowRunLogs implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();
  @Mixin private RunParameter run = new RunParameter();
  @Mixin private LogLines lines = new LogLines();

  FlowRunLogs(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    lines.print(session, output, run.find(session), null);
    return 0;
  }
}
