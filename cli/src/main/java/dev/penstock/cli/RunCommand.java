package dev.penstock.cli;

import static java.util.Objects.requireNonNull;

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
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
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
  private Output output = Output.text;

  @Option(
      names = "--classpath",
      paramLabel = "JARS",
      description = "More jars for the program, separated as in a class path.")
  private String classPath = "";

  @Option(names = "--quiet", description = "No progress and no summary.")
  private boolean quiet;

  @Option(names = "--stacktrace", description = "The whole stack trace when the program fails.")
  private boolean stackTrace;

  /// What is shown at the end.
  @SuppressWarnings("EnumNaming") // written as on the command line
  enum Output {
    text,
    json
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
        new Showing(output == Output.json, quiet, stackTrace));
  }
}
