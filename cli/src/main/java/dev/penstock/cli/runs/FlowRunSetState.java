package dev.penstock.cli.runs;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.state.StateName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock flow-run set-state`.
@Command(
    name = "set-state",
    description = {
      "Puts a flow run into a final state by hand.",
      "The process that runs it loses it, and changes nothing any more."
    },
    footer = {
      "%nExample:",
      "  penstock flow-run set-state lucky-otter Completed --message 'loaded by hand'"
    })
final class FlowRunSetState implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();
  @Mixin private RunParameter run = new RunParameter();

  @Parameters(
      index = "1",
      paramLabel = "STATE",
      converter = StateConverter.class,
      description = "Completed, Failed, Cancelled, Crashed …")
  private StateName state = StateName.COMPLETED;

  @Option(names = "--message", paramLabel = "TEXT", description = "Why, for people.")
  private String message = "set by hand";

  FlowRunSetState(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (!state.type().isFinal()) {
      throw new CommandFailed(
          "a run can be put into a final state by hand, such as Completed or Failed, not into "
              + state);
    }
    Steering steering = new Steering(session, output, run.find(session));
    Runs.of(session).force(steering.run().id(), state, message);
    steering.report(null);
    return 0;
  }
}
