package dev.penstock.cli.runs;

import dev.penstock.cli.session.Members;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock flow-run delete`.
@Command(
    name = "delete",
    description = "Deletes a flow run with its subflows, tasks, logs and artifacts.",
    footer = {"%nExample:", "  penstock flow-run delete lucky-otter"})
final class FlowRunDelete implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();
  @Mixin private RunParameter run = new RunParameter();

  FlowRunDelete(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Steering steering = new Steering(session, output, run.find(session));
    if (!Runs.of(session).delete(steering.run().id())) {
      throw steering.refused("cancel it first");
    }
    if (output.json()) {
      output.thing(session.out(), Members.of("id", steering.run().id(), "deleted", true));
    } else {
      session.say(steering.subject() + " is deleted");
    }
    return 0;
  }
}
