package dev.penstock.cli.runs;

import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock flow-run watch`.
@Command(
    name = "watch",
    description = {
      "Shows where a flow run is, with each change, until it is over.",
      "--output json: an object on each line."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the run has completed", "1:it ended otherwise, or there is no such run"},
    footer = {"%nExample:", "  penstock flow-run watch lucky-otter"})
final class FlowRunWatch implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();
  @Mixin private RunParameter run = new RunParameter();

  FlowRunWatch(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    return new Watching(session, output).untilOver(run.find(session)) ? 0 : 1;
  }
}
