package dev.penstock.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A JVM of its own with the class path of the test, such as a member of a group, to be killed and
/// stopped. For one thread.
public final class MemberProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private final Process process;
  private final File output;

  private MemberProcess(Process process, File output) {
    this.process = process;
    this.output = output;
  }

  /// Starts one.
  ///
  /// @param main whose `main` it runs
  /// @param heap how large its heap may become, such as `128m`
  public static MemberProcess start(Class<?> main, String heap, String... arguments)
      throws IOException {
    File output = Files.createTempFile("member", ".log").toFile();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new MemberProcess(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start(),
        output);
  }

  /// Sends a signal.
  ///
  /// @param name `KILL`, `STOP` or `CONT`
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// Waits until it has said something.
  public void await(String said) throws IOException, InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!output().contains(said)) {
      if (!isAlive() || System.nanoTime() > until) {
        throw new IllegalStateException("it did not say \"" + said + "\": " + output());
      }
      Thread.sleep(20);
    }
  }

  /// What it has said so far.
  public String output() throws IOException {
    return Files.readString(output.toPath());
  }

  /// Kills it.
  @Override
  public void close() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    Files.delete(output.toPath());
  }
}
