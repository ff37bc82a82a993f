package dev.penstock.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A load in a process of its own, which it tells of its commits and where it halts. Closing it
/// kills it, if it is still there.
final class LoadProcess implements AutoCloseable {
  private static final long LIMIT_SECONDS = 120;

  private final Process process;
  private final Path errors;
  private final BufferedReader lines;
  private int commits;

  private LoadProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  static LoadProcess start(Load load) throws IOException {
    return start(load, null, List.of());
  }

  static LoadProcess startHalting(Load load, Point at) throws IOException {
    return start(load, at, List.of());
  }

  static LoadProcess start(Load load, @Nullable Point at, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Dslf4j.internal.verbosity=ERROR"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    if (at != null) {
      command.add("-Dhalt=" + at);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Load.class.getName()));
    command.addAll(List.of(load.arguments()));
    Path errors = Files.createTempFile("load", ".err");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    return new LoadProcess(process, errors);
  }

  /// Reads what the process says up to a line that begins like this, counting its commits.
  ///
  /// @return the line, or null if the process ended before
  @Nullable String readTo(String beginning) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("committed")) {
        commits++;
      }
      if (line.startsWith(beginning)) {
        return line;
      }
    }
    return null;
  }

  /// Waits until it halts.
  void awaitHalt(Point point) throws IOException {
    assertThat(readTo("halted")).as(() -> "halted; " + errors()).isEqualTo("halted " + point);
  }

  /// Lets a halted process go on.
  void goOn() throws IOException {
    process.outputWriter().write("go\n");
    process.outputWriter().flush();
  }

  /// SIGKILL. What it said before can still be read, as it could not after `destroyForcibly`.
  void kill() throws IOException, InterruptedException {
    if (process.isAlive()) {
      signal("KILL");
    }
    process.waitFor();
  }

  /// SIGSTOP, SIGCONT, SIGINT …
  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
    assertThat(kill.waitFor()).as("kill -%s", name).isZero();
  }

  /// How many commits it has told of, in what was read.
  int commits() {
    return commits;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Waits until it ends by itself.
  ///
  /// @return the exit code
  int awaitEnd() throws IOException, InterruptedException {
    readTo("the end of the output");
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(ended).as("the process ended by itself").isTrue();
    return process.exitValue();
  }

  /// What it wrote on standard error.
  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    kill();
    Files.delete(errors);
  }
}
