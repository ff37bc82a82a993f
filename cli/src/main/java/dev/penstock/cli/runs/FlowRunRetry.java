package dev.penstock.cli.runs;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.FlowRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `penstock flow-run retry`.
@Command(
    name = "retry",
    description = {
      "Runs a flow run again that is over.",
      "Tasks that completed keep their results, unless all are to be done again."
    },
    footer = {
      "%nExamples:",
      "  penstock flow-run retry lucky-otter",
      "  penstock flow-run retry lucky-otter --from-start"
    })
final class FlowRunRetry implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();
  @Mixin private RunParameter run = new RunParameter();

  @Option(names = "--from-start", description = "Does all tasks again.")
  private boolean fromStart;

  FlowRunRetry(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    FlowRun found = run.find(session);
    Steering steering = new Steering(session, output, found);
    String root = found.call().root();
    if (root != null) {
      throw new CommandFailed(
          steering.subject() + " is part of another: penstock flow-run retry " + root);
    }
    if (!steering.type().isFinal()) {
      throw steering.refused("it can be retried when it is over");
    }
    Runs.of(session).retry(found.id(), fromStart);
    steering.report(found.origin().pool() != null ? null : "run it: " + steering.goOn());
    return 0;
  }
}
