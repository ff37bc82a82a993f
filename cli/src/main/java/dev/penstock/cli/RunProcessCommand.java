package dev.penstock.cli;

import static java.util.Objects.requireNonNull;

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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The process of one run, which a worker starts: not for people.
@Command(
    name = "run-process",
    hidden = true,
    description = "Takes a flow run over from the worker that started this process.")
final class RunProcessCommand implements Callable<Integer> {
  @Option(names = "--run", required = true, description = "The id of the run.")
  private @Nullable String run;

  @Option(names = "--owner", required = true, description = "Who holds it.")
  private @Nullable String owner;

  @Option(names = "--fence", required = true, description = "Under which fence.")
  private long fence;

  @Override
  public Integer call() {
    Signals.leaveInterruptsToTheWorker();
    Lease worker = new Lease(requireNonNull(run), requireNonNull(owner), fence);
    DeployedPrograms programs = new DeployedPrograms(Home.directory());
    return new RunProcess(LocalRuntime.store(), programs, System.err::println)
        .run(worker, Duration.ofSeconds(15), Duration.ofSeconds(3));
  }

  /// Another JVM like this one, for a run.
  static ProcessBuilder process(Lease worker, JobVariables variables) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(variables.javaOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("run-process", "--run", worker.run(), "--owner", worker.owner()));
    command.addAll(List.of("--fence", String.valueOf(worker.fence())));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables.environment());
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return builder;
  }
}
