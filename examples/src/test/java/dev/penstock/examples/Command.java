package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A command line to be run in a process of its own.
///
/// @param words the program and its arguments
/// @param directory where it runs; null for here
/// @param environment what is set besides what every process has
record Command(List<String> words, @Nullable Path directory, Map<String, String> environment) {
  private static final long LIMIT_SECONDS = 600;

  /// A build in the background may ignore SIGINT, which its children inherit: they must not.
  private static final List<String> HEEDING = heeding();

  private static List<String> heeding() {
    List<String> env = List.of("env", "--default-signal=INT");
    try {
      List<String> trial = new ArrayList<>(env);
      trial.add("true");
      return new ProcessBuilder(trial).start().waitFor() == 0 ? env : List.of();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /// What a process has done.
  ///
  /// @param exit its exit code
  record Result(int exit, String out, String err) {
    String lastLine() {
      List<String> lines = out.strip().lines().toList();
      return lines.getLast();
    }
  }

  static Command of(String... words) {
    return new Command(List.of(words), null, Map.of());
  }

  Command with(String... arguments) {
    List<String> all = new ArrayList<>(words);
    all.addAll(Arrays.asList(arguments));
    return new Command(all, directory, environment);
  }

  Command in(Path directory) {
    return new Command(words, directory, environment);
  }

  Command env(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.put(name, value);
    return new Command(words, directory, all);
  }

  Process start() throws IOException {
    return builder().start();
  }

  /// The same, with all that it prints in a file.
  Process start(Path log) throws IOException {
    return builder().redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private ProcessBuilder builder() {
    List<String> heeding = new ArrayList<>(HEEDING);
    heeding.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(heeding);
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    // What the build was started with must not change what is tested.
    List.of("MAVEN_ARGS", "MAVEN_OPTS", "JAVA_TOOL_OPTIONS", "PENSTOCK_JAVA_OPTS")
        .forEach(builder.environment()::remove);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // These processes are short: what the optimizing compiler does in them is not used any more,
    // and much of what is called some hundred times is not called again.
    builder
        .environment()
        .put("PENSTOCK_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=4");
    builder.environment().putAll(environment);
    return builder;
  }

  Result run() throws IOException, InterruptedException {
    return await(start());
  }

  /// Waits for a process that was started, for ten minutes at most.
  static Result await(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    CompletableFuture<String> out = read(process.getInputStream());
    CompletableFuture<String> err = read(process.getErrorStream());
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(ended).as("the process ended by itself").isTrue();
    return new Result(process.exitValue(), out.join(), err.join());
  }

  private static CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }
}
