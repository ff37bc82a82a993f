package dev.penstock.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Commands as processes in a directory, with a home of their own there. Those that still run are
/// killed at the end, and what they have started.
record PenstockProcesses(Path directory, Map<String, String> environment, List<Process> started)
    implements AutoCloseable {

  PenstockProcesses(Path directory, Map<String, String> environment) {
    this(directory, environment, new ArrayList<>());
  }

  Process start(Path out, Path err, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", absolute(System.getProperty("java.class.path"))));
    command.add(Main.class.getName());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile());
    builder.environment().put("PENSTOCK_HOME", directory.resolve("home").toString());
    builder.environment().remove("PENSTOCK_STORE");
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    started.add(process);
    return process;
  }

  static String absolute(String classPath) {
    List<String> entries = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  /// Kills a process and those that it has started, as an outage of its machine does.
  static void kill(Process process) throws InterruptedException {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly().waitFor();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : started) {
      kill(process);
    }
  }
}
