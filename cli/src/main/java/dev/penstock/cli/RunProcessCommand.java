package dev.penstock.cli;

import dev.penstock.cli.deploy.DeployedPrograms;
import dev.penstock.data.Home;
import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.store.Lease;
import dev.penstock.flow.worker.JobVariables;
import dev.penstock.flow.worker.RunProcess;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `penstock run-process RUN OWNER FENCE`: the process of one run, which a worker starts. Not for
/// people, so that it goes without the command-line library, which would take longer to load than
/// all the rest.
final class RunProcessCommand {
  private static final String NAME = "run-process";

  private RunProcessCommand() {}

  /// The lease of the worker that started this process; empty when these are other words.
  static Optional<Lease> asked(String... words) {
    return words.length == 4 && words[0].equals(NAME)
        ? Optional.of(new Lease(words[1], words[2], Long.parseLong(words[3])))
        : Optional.empty();
  }

  /// Takes the run over from the worker.
  ///
  /// @return the exit code of the process
  static int run(Lease worker) {
    Signals.leaveInterruptsToTheWorker();
    DeployedPrograms programs = new DeployedPrograms(Home.directory());
    try {
      return new RunProcess(LocalRuntime.store(), programs, System.err::println)
          .run(worker, Duration.ofSeconds(15), Duration.ofSeconds(3));
    } catch (RuntimeException e) {
      System.err.println(Failures.message(e));
      return ExitCode.FAILED;
    }
  }

  /// Another JVM like this one, for a run.
  static ProcessBuilder process(Lease worker, JobVariables variables) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(variables.javaOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(NAME, worker.run(), worker.owner(), String.valueOf(worker.fence())));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables.environment());
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return builder;
  }
}
