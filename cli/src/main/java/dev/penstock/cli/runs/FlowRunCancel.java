package dev.penstock.cli.runs;

import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateType;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock flow-run cancel`.
@Command(
    name = "cancel",
    description = {
      "Stops a flow run.",
      "One that runs is asked to stop, then interrupted; one that waits is cancelled at once."
    },
    footer = {"%nExample:", "  penstock flow-run cancel lucky-otter"})
final class FlowRunCancel implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();
  @Mixin private RunParameter run = new RunParameter();

  FlowRunCancel(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Steering steering = new Steering(session, output, run.find(session));
    if (steering.type().isFinal()) {
      throw steering.refused("there is nothing to cancel");
    }
    Optional<State> now = Runs.of(session).cancel(steering.run().id());
    boolean asked = now.map(State::type).filter(StateType.CANCELLING::equals).isPresent();
    steering.report(asked ? "the process that runs it will stop it" : null);
    return 0;
  }
}
