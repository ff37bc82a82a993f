package dev.penstock.cli;

import static java.util.Objects.requireNonNull;

import dev.penstock.cli.deploy.DeployRefused;
import dev.penstock.cli.program.CompileFailed;
import dev.penstock.cli.program.UnreadableSource;
import dev.penstock.flow.store.StoreUnavailable;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The `penstock` command; its subcommands do the work.
@Command(
    name = "penstock",
    description = "Write, run and watch data pipelines in plain Java.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      RunCommand.class,
      DeployCommand.class,
      DeploymentCommand.class,
      FlowCommand.class,
      WorkPoolCommand.class,
      WorkQueueCommand.class,
      WorkerCommand.class,
      RunProcessCommand.class,
      ImportsCommand.class,
      HelpCommand.class
    })
public final class Main implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  private Main() {}

  /// Runs the command and ends the process with its exit code.
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  private static int execute(String[] args) {
    Optional<RunRequest> plain = RunRequest.ofPlain(args);
    if (plain.isEmpty()) {
      return commandLine().execute(args);
    }
    try {
      return new ProgramRun(plain.get()).run();
    } catch (UsageError e) {
      System.err.println(e.getMessage());
      return ExitCode.USAGE;
    }
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setExecutionExceptionHandler((failure, at, _) -> {
      PrintWriter err = at.getErr();
      return switch (failure) {
        case UsageError _, IllegalArgumentException _ -> {
          err.println(failure.getMessage());
          yield ExitCode.USAGE;
        }
        case DeployRefused _,
            CompileFailed _,
            UnreadableSource _,
            StoreUnavailable _,
            IllegalStateException _ -> {
          err.println(Failures.message(failure));
          yield ExitCode.FAILED;
        }
        default -> throw failure;
      };
    });
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    return commandLine;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(requireNonNull(spec).commandLine(), "Say what to do:");
  }
}
