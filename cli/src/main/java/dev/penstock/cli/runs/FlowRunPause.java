package dev.penstock.cli.runs;

import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateType;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock flow-run pause`.
@Command(
    name = "pause",
    description = "Lets a flow run stop before its next task, until it is resumed.",
    footer = {
      "%nExample:",
      "  penstock flow-run pause lucky-otter",
      "  penstock flow-run resume lucky-otter"
    })
final class FlowRunPause implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();
  @Mixin private RunParameter run = new RunParameter();

  FlowRunPause(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Steering steering = new Steering(session, output, run.find(session));
    if (steering.type().isFinal() || steering.type() == StateType.CANCELLING) {
      throw steering.refused("it cannot be paused any more");
    }
    Optional<State> now = Runs.of(session).pause(steering.run().id());
    boolean paused = now.map(State::type).filter(StateType.PAUSED::equals).isPresent();
    steering.report(paused ? null : "it will be Paused before its next task");
    return 0;
  }
}
