package dev.penstock.objects.s3;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A member of the group that is a process of its own, to be killed and stopped.
final class ColdstorageProcess implements AutoCloseable {
  private final Process process;
  private final File output;

  private ColdstorageProcess(Process process, File output) {
    this.process = process;
    this.output = output;
  }

  static ColdstorageProcess start(Coldstorage coldstorage) throws IOException {
    File output = Files.createTempFile("coldstorage", ".log").toFile();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ColdstorageProcess.class.getName(),
            coldstorage.kafka(),
            coldstorage.topic(),
            coldstorage.lake(),
            coldstorage.bucket());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    return new ColdstorageProcess(process, output);
  }

  /// What the process does.
  public static void main(String[] arguments) {
    new Coldstorage(arguments[0], arguments[1], arguments[2], arguments[3])
        .pipeline(1_000, Duration.ofMillis(500))
        .run();
  }

  /// SIGSTOP, SIGCONT.
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
