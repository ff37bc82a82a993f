package dev.penstock.cli.example;

import dev.penstock.cli.session.CommandFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The processes of an example, with its directory, which is theirs alone. They are stopped at the
/// end, and when this process is told to end: programs first, then the servers that they use. Safe
/// for use by several threads.
final class ExampleProcesses implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// What the shell of a user is set to is no business of an example.
  private static final List<String> OF_THE_USER =
      List.of(
          "PENSTOCK_STORE",
          "PENSTOCK_RESULTS",
          "PENSTOCK_API_URL",
          "PENSTOCK_PROFILE",
          "PENSTOCK_SPECS");

  /// Ctrl-C reaches every process of a terminal; who is stopped when is decided here.
  private static final List<String> LEAVING_CTRL_C =
      List.of("sh", "-c", "trap '' INT; exec \"$0\" \"$@\"");

  private final Path directory;
  private final FileChannel lock;
  private final Map<String, String> environment;
  private final List<ExampleProcess> servers = new ArrayList<>();
  private final List<ExampleProcess> programs = new ArrayList<>();
  private final Thread atExit = new Thread(this::stopAll, "penstock-example-end");
  private volatile boolean stopping;

  private ExampleProcesses(Path directory, FileChannel lock, Map<String, String> variables) {
    this.directory = directory;
    this.lock = lock;
    this.environment = new LinkedHashMap<>(variables);
    OF_THE_USER.forEach(environment::remove);
    environment.put("PENSTOCK_HOME", directory.resolve("home").toString());
    environment.putIfAbsent("PENSTOCK_JAVA_OPTS", "-Xmx512m");
  }

  /// @param variables of the environment
  /// @throws CommandFailed when an example is up in this directory
  static ExampleProcesses in(Path directory, Map<String, String> variables) throws IOException {
    Path absolute = Files.createDirectories(directory).toRealPath();
    FileChannel channel =
        FileChannel.open(
            absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw new CommandFailed(
          "an example is up in " + directory + " already; choose another --directory");
    }
    ExampleProcesses processes = new ExampleProcesses(absolute, channel, variables);
    Runtime.getRuntime().addShutdownHook(processes.atExit);
    return processes;
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path directory() {
    return directory;
  }

  /// Whether this process was told to end.
  boolean isStopping() {
    return stopping;
  }

  /// Sets a variable for the processes that are started from now on.
  void set(String variable, String value) {
    environment.put(variable, value);
  }

  /// An empty directory of this name.
  Path emptied(String name) throws IOException {
    Path emptied = directory.resolve(name);
    if (Files.exists(emptied)) {
      try (Stream<Path> files = Files.walk(emptied)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return emptied;
  }

  ExampleProcess server(String name, List<String> words) throws IOException {
    return start(servers, name, words, ProcessBuilder.Redirect.to(out(name).toFile()));
  }

  ExampleProcess program(String name, List<String> words) throws IOException {
    return start(programs, name, words, ProcessBuilder.Redirect.to(out(name).toFile()));
  }

  /// A program that prints where this process does.
  ExampleProcess shown(String name, List<String> words) throws IOException {
    Files.writeString(out(name), "");
    return start(programs, name, words, ProcessBuilder.Redirect.INHERIT);
  }

  private Path out(String name) {
    return directory.resolve(name + ".out");
  }

  private synchronized ExampleProcess start(
      List<ExampleProcess> among, String name, List<String> words, ProcessBuilder.Redirect out)
      throws IOException {
    if (stopping) {
      throw new CommandFailed("stopped");
    }
    Path log = directory.resolve(name + ".log");
    List<String> command = new ArrayList<>(LEAVING_CTRL_C);
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    ExampleProcess started =
        new ExampleProcess(
            name, builder.redirectOutput(out).redirectError(log.toFile()).start(), out(name), log);
    among.add(started);
    return started;
  }

  /// Stops a program.
  ///
  /// @throws CommandFailed when it had to be killed
  void stop(ExampleProcess program) throws InterruptedException {
    program.askToStop(false);
    if (!program.awaitEnd(PATIENCE)) {
      throw new CommandFailed(
          program.name()
              + " did not stop within "
              + PATIENCE.toSeconds()
              + " s; its log: "
              + program.log());
    }
  }

  private void stopAll() {
    stopping = true;
    try {
      stopAll(programs, false);
      stopAll(servers, true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void stopAll(List<ExampleProcess> processes, boolean servers)
      throws InterruptedException {
    processes.forEach(process -> process.askToStop(servers));
    for (ExampleProcess process : processes) {
      boolean _ = process.awaitEnd(PATIENCE);
    }
    processes.clear();
  }

  @Override
  public void close() throws IOException {
    stopAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // it runs, and waits for what is left
    }
    lock.close();
  }
}
