package dev.penstock.flow;

import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.engine.FlowProgram;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.RunLogs;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.flow.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Flows run by the engine of this process, whose home is a directory for all tests that do so: a
/// process has one store.
final class LocalFlows {
  /// What runs have shown on the console.
  static final List<String> LINES = Collections.synchronizedList(new ArrayList<>());

  static final Path HOME = home();

  static {
    System.setProperty("penstock.home", HOME.toString());
    LocalRuntime.console(LINES::add);
  }

  private LocalFlows() {}

  private static Path home() {
    try {
      Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
      return Files.createTempDirectory(target, "home");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FlowEnd run(Class<?> program, String flow, String parameters) throws InterruptedException {
    FlowMethod method =
        FlowMethods.of(program).stream()
            .filter(each -> each.member().getName().equals(flow))
            .findFirst()
            .orElseThrow();
    return run(new MethodProgram(method), parameters);
  }

  static FlowEnd run(Class<?> program, String flow) throws InterruptedException {
    return run(program, flow, "{}");
  }

  static FlowEnd run(FlowProgram program, String parameters) throws InterruptedException {
    return LocalRuntime.engine().runHere(program, FlowRun.Call.of(parameters, List.of()), null);
  }

  /// The store in [#HOME]: asked of the runtime itself first, it would be the user's own.
  static Store store() {
    return LocalRuntime.store();
  }

  static Vault vault() {
    return LocalRuntime.vault();
  }

  static List<TaskRun> tasks(FlowEnd end) {
    return store().taskRuns().of(end.run(), 0, "", 1000);
  }

  /// What a run has logged, in the store.
  static List<RunLogs.Line> logs(FlowEnd end) {
    store().flowRuns().renew(List.of(), Duration.ofSeconds(15)); // after it
    return store().logs().of(end.run(), 0, 100_000);
  }
}
