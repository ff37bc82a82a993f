package dev.penstock.cli.runs;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.TaskRun;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `penstock flow-run resume`.
@Command(
    name = "resume",
    description = {
      "Lets a flow run go on that is paused or suspended.",
      "One that asks for something is given the answer."
    },
    footer = {
      "%nExamples:",
      "  penstock flow-run resume lucky-otter",
      "  penstock flow-run resume lucky-otter --input '{\"approved\": true}'"
    })
final class FlowRunResume implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();
  @Mixin private RunParameter run = new RunParameter();

  @Option(
      names = "--input",
      paramLabel = "JSON",
      description = "The answer to what the run asks, as JSON.")
  private @Nullable String input;

  FlowRunResume(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Steering steering = new Steering(session, output, run.find(session));
    if (steering.type() != StateType.PAUSED) {
      throw steering.refused("it does not wait to be resumed");
    }
    answer(steering);
    session.store().flowRuns().resume(steering.run().id());
    steering.report(
        steering.run().origin().pool() != null
            ? null
            : "if the process that began it is gone: " + steering.goOn());
    return 0;
  }

  private void answer(Steering steering) {
    List<TaskRun> asking =
        session.store().search().newestTaskRuns(steering.run().id(), StateName.PAUSED, 1);
    if (input == null) {
      if (!asking.isEmpty()) {
        throw new CommandFailed(
            steering.subject()
                + " is "
                + asking.getFirst().state().message()
                + ": answer it with --input JSON");
      }
      return;
    }
    if (asking.isEmpty()) {
      throw new CommandFailed(steering.subject() + " asks nothing: resume it without --input");
    }
    checkJson(input);
    session.store().taskRuns().answer(asking.getFirst().id(), input);
  }

  private static void checkJson(String text) {
    try {
      JsonTree.read(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(
          "--input: " + e.getMessage() + "; a text is written in quotes: '\"yes\"'");
    }
  }
}
