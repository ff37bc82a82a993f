package dev.penstock.cli.runs;

import dev.penstock.cli.session.LimitOption;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock flow-run dead-letters`.
@Command(
    name = "dead-letters",
    description = "Lists the records that pipelines of a flow run have given up.",
    footer = {
      "%nExamples:",
      "  penstock flow-run dead-letters lucky-otter",
      "  penstock flow-run dead-letters lucky-otter --output json"
    })
final class FlowRunDeadLetters implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();
  @Mixin private RunParameter run = new RunParameter();
  @Mixin private LimitOption limit = new LimitOption();

  FlowRunDeadLetters(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    DeadLetterText.listing()
        .print(session, output, Runs.of(session).letters(run.find(session).id(), 0, limit.rows()));
    return 0;
  }
}
