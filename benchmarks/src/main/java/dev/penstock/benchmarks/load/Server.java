package dev.penstock.benchmarks.load;

import dev.penstock.testkit.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A server in a process of its own, so that the memory of this one is that of its pipelines. It
/// ends with this process.
record Server(String where) {

  /// Starts one of [ServerProcess] on a free port.
  ///
  /// @param names of its topics or buckets
  static Server start(String kind, String... names) throws IOException {
    Path directory = Files.createTempDirectory("penstock-benchmark-" + kind);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                ServerProcess.class.getName(),
                kind,
                directory.toString(),
                "0"));
    command.addAll(List.of(names));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String first = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
    if (first == null) {
      throw new IOException("the server " + kind + " did not start");
    }
    return new Server(first);
  }
}
