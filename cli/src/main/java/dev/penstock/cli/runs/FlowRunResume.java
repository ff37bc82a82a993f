package dev.penstock.cli.runs;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.state.StateType;
import java.util.Optional;
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
    checkAnswer(steering);
    Runs.of(session).resume(steering.run().id(), input);
    steering.report(
        steering.run().origin().pool() != null
            ? null
            : "if the process that began it is gone: " + steering.goOn());
    return 0;
  }

  private void checkAnswer(Steering steering) {
    Optional<String> asks = Runs.of(session).asks(steering.run().id());
    if (input == null) {
      asks.ifPresent(what -> {
        throw new CommandFailed(
            steering.subject() + " is " + what + ": answer it with --input JSON");
      });
      return;
    }
    if (asks.isEmpty()) {
      throw new CommandFailed(steering.subject() + " asks nothing: resume it without --input");
    }
    checkJson(input);
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
