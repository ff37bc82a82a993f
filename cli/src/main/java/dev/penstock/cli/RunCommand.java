package dev.penstock.cli;

import static java.util.Objects.requireNonNull;

import dev.penstock.cli.runs.FoundRun;
import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.OutputFormat;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.FlowRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock run`: compiles a program and runs it.
@Command(
    name = "run",
    description = {
      "Compiles a Java source file and runs it.",
      "Penstock's connectors are on its class path, and their usual imports need not be written."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:completed",
      "1:failed, or does not compile",
      "2:wrong usage, such as a parameter that does not fit",
      "130:interrupted by Ctrl-C"
    },
    footer = {
      "%nExamples:",
      "  penstock run ingest.java --param table=trips",
      "  penstock run ingest.java --flow-run lucky-otter"
    })
final class RunCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "FILE.java", description = "The program.")
  private @Nullable Path file;

  @Parameters(index = "1..*", paramLabel = "ARG", description = "Arguments of its main method.")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "Sets a parameter of the program; may be repeated.")
  private List<String> parameters = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "json: one JSON object with the figures, as the last line of standard output.")
  private OutputFormat output = OutputFormat.text;

  @Option(
      names = "--classpath",
      paramLabel = "JARS",
      description = "More jars for the program, separated as in a class path.")
  private String classPath = "";

  @Option(names = "--quiet", description = "No progress and no summary.")
  private boolean quiet;

  @Option(names = "--stacktrace", description = "The whole stack trace when the program fails.")
  private boolean stackTrace;

  @Option(
      names = "--flow-run",
      paramLabel = "RUN",
      description = {
        "Goes on with this recorded run of a flow of the program, in the place of main.",
        "Its id, or the beginning of its id, or its name."
      })
  private @Nullable String flowRun;

  RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new ProgramRun(request()).run();
  }

  RunRequest request() {
    return new RunRequest(
        requireNonNull(file),
        arguments,
        parameters,
        classPath,
        flowRun == null ? null : recorded(flowRun).id(),
        new Showing(output == OutputFormat.json, quiet, stackTrace));
  }

  private FlowRun recorded(String word) {
    if (!parameters.isEmpty()) {
      throw new UsageError("--flow-run goes on with the parameters of that run: leave out --param");
    }
    FlowRun found = FoundRun.of(session, word);
    session.close(); // the run opens the store for itself
    String pool = found.origin().pool();
    if (pool != null) {
      throw new CommandFailed(
          "flow run '" + found.name() + "' is for the workers of work pool \"" + pool + "\"");
    }
    if (found.call().root() != null) {
      throw new CommandFailed(
          "flow run '"
              + found.name()
              + "' is part of another: name that one, "
              + found.call().root());
    }
    if (found.state().type().isFinal() && found.state().type() != StateType.CRASHED) {
      throw new CommandFailed(
          "flow run '"
              + found.name()
              + "' is "
              + found.state().name()
              + ": penstock flow-run retry "
              + found.id()
              + " lets it run again");
    }
    return found;
  }
}
