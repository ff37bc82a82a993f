package dev.penstock.cli.example;

import dev.penstock.cli.session.CommandFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process of an example.
///
/// @param name of it, in messages and of its files
/// @param out takes its standard output
/// @param log takes its standard error
record ExampleProcess(String name, Process process, Path out, Path log) {
  private static final int LOG_LINES = 8;

  /// What it has printed, line by line; a line that has not ended yet is left out.
  List<String> lines() {
    try {
      String text = Files.readString(out);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  boolean failed() {
    return !isAlive() && process.exitValue() != 0;
  }

  /// Why it is not as it should be, with the end of its log.
  CommandFailed failure() {
    List<String> said;
    try {
      said = Files.readAllLines(log);
    } catch (IOException e) {
      said = List.of(e.toString());
    }
    List<String> last = said.subList(Math.max(0, said.size() - LOG_LINES), said.size());
    return new CommandFailed(
        name
            + " ended with exit code "
            + process.exitValue()
            + "; the end of "
            + log
            + ":\n  "
            + String.join("\n  ", last));
  }

  /// Asks it to stop: a server by the end of its input, the others by SIGTERM.
  void askToStop(boolean server) {
    if (!server) {
      process.toHandle().destroy();
      return;
    }
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.toHandle().destroy();
    }
  }

  /// Waits until it has stopped, and ends it as it is when it does not.
  ///
  /// @return whether it stopped by itself
  boolean awaitEnd(Duration patience) throws InterruptedException {
    if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return true;
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    return false;
  }
}
