package dev.penstock.cli;

import dev.penstock.cli.log.RunLogProvider;
import dev.penstock.flow.store.Lease;
import java.util.Optional;

/// Where the process starts. A plain `run`, and the process of a worker's run, go their own short
/// way; all else is for [PenstockCommand]. This class must not name anything of the command-line
/// library: the JVM would load that to verify it.
public final class Main {
  private Main() {}

  /// Runs the command and ends the process with its exit code.
  public static void main(String[] args) {
    RunLogProvider.use();
    System.exit(execute(args));
  }

  /// Runs the command in this process.
  ///
  /// @return its exit code
  public static int execute(String... args) {
    Optional<Lease> worker = RunProcessCommand.asked(args);
    if (worker.isPresent()) {
      return RunProcessCommand.run(worker.get());
    }
    Optional<RunRequest> plain = RunRequest.ofPlain(args);
    if (plain.isEmpty()) {
      return PenstockCommand.execute(args);
    }
    try {
      return new ProgramRun(plain.get()).run();
    } catch (UsageError e) {
      System.err.println(e.getMessage());
      return ExitCode.USAGE;
    }
  }
}
