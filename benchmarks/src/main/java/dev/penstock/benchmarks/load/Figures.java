package dev.penstock.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/// The times of one process, by what was timed.
final class Figures {
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
  private final Map<String, List<Double>> busy = new LinkedHashMap<>();

  /// Times a work that must come to so many rows.
  void time(String what, long rows, Callable<Long> work) throws Exception {
    long begun = System.nanoTime();
    double busyBefore = processorSeconds();
    long done = work.call();
    double took = (System.nanoTime() - begun) / 1e9;
    double used = processorSeconds() - busyBefore;
    if (done != rows) {
      throw new IllegalStateException(what + " came to " + done + " rows, not to " + rows);
    }
    seconds.computeIfAbsent(what, _ -> new ArrayList<>()).add(took);
    busy.computeIfAbsent(what, _ -> new ArrayList<>()).add(used);
  }

  /// What this process has had of the processors.
  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  void print(String title, long rows) {
    System.out.printf(
        "%n| %s | rows/s | from | to | seconds | CPU s |%n|---|--:|--:|--:|--:|--:|%n", title);
    seconds.forEach((what, times) -> {
      List<Double> sorted = times.stream().sorted().toList();
      double median = median(times);
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f | %,.0f | %,.0f | %.1f | %.1f |%n",
          what,
          rows / median,
          rows / sorted.getLast(),
          rows / sorted.getFirst(),
          median,
          median(Objects.requireNonNull(busy.get(what))));
    });
    System.out.println("| peak memory of this process | " + peakMegabytes() + " MB | | | | |");
  }

  /// The most memory this process has had, all of it, as the kernel counts; -1 where it does not
  /// say.
  static long peakMegabytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
        }
      }
    } catch (IOException e) {
      // not Linux
    }
    return -1;
  }
}
