package dev.penstock.kafka;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A member of a group that is a process of its own, to be killed and stopped.
final class GroupProcess implements AutoCloseable {
  private final Process process;
  private final File output;

  private GroupProcess(Process process, File output) {
    this.process = process;
    this.output = output;
  }

  static GroupProcess start(Totals totals) throws IOException {
    File output = Files.createTempFile("member", ".log").toFile();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            GroupProcess.class.getName(),
            totals.kafka(),
            totals.topic(),
            totals.database(),
            totals.table());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    return new GroupProcess(process, output);
  }

  /// What the process does.
  public static void main(String[] arguments) {
    new Totals(arguments[0], arguments[1], arguments[2], arguments[3]).pipeline().run();
  }

  /// SIGKILL, SIGSTOP, SIGCONT.
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String output() throws IOException {
    return Files.readString(output.toPath());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    Files.delete(output.toPath());
  }
}
