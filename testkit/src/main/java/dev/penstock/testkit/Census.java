package dev.penstock.testkit;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The threads, virtual ones included, and the open file handles of this process at one moment.
/// Handles are known on Linux only.
///
/// @param threads by id, their names
/// @param handles by number, what they are open on
public record Census(TreeMap<Long, String> threads, TreeMap<Integer, String> handles) {
  private static final Pattern THREAD = Pattern.compile("^#(\\d+) \"(.*)\" (virtual )?[A-Z_]+ .*");

  /// Threads and files of the JVM itself, of the build and of the broker for tests, which come and
  /// go as they like.
  private static final Pattern NOT_OURS =
      Pattern.compile(
          "ForkJoinPool-\\d+-(worker-\\d+|delayScheduler)|ForkJoinPool\\.commonPool.*"
              + "|VirtualThread-un.*|Common-Cleaner|Cleaner-\\d+|process reaper.*|surefire-.*|junit-.*"
              + "|Reference Handler|Finalizer|Signal Dispatcher|Notification Thread|Attach Listener"
              + "|C\\d CompilerThread\\d+|Read-Poller|Write-Poller|MasterPoller|SubPoller-\\d+|.*-Poller.*"
              + "|CompletableFutureDelayScheduler|Java2D Disposer"
              + "|executor-.*|kafka-scheduler-\\d+");

  private static final Pattern NOT_OUR_HANDLES =
      Pattern.compile(
          ".*\\.(jar|so|jsa|jmod)( \\(deleted\\))?|.*/lib/modules|/dev/.*|/proc/.*|/sys/.*"
              + "|anon_inode:.*|.*/penstock-kafka\\d+/.*");

  /// Counts now.
  public static Census take() {
    return new Census(countThreads(), countHandles());
  }

  /// What is there now and was not there then, waiting up to `patience` for it to go away.
  public List<String> leaks(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      List<String> leaks = since();
      if (leaks.isEmpty() || System.nanoTime() > deadline) {
        return leaks;
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return leaks;
      }
    }
  }

  private List<String> since() {
    Census now = take();
    List<String> leaks = new ArrayList<>();
    now.threads.forEach((id, name) -> {
      if (!threads.containsKey(id)) {
        leaks.add("thread #" + id + " \"" + name + "\"");
      }
    });
    now.handles.forEach((number, target) -> {
      if (!target.equals(handles.get(number))) {
        leaks.add("handle " + number + " on " + target);
      }
    });
    return leaks;
  }

  private static TreeMap<Long, String> countThreads() {
    TreeMap<Long, String> found = new TreeMap<>();
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      Path directory = Files.createTempDirectory("census");
      Path dump = directory.resolve("threads");
      jvm.dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
      for (String line : Files.readAllLines(dump)) {
        Matcher thread = THREAD.matcher(line);
        if (thread.matches() && !NOT_OURS.matcher(thread.group(2)).matches()) {
          found.put(Long.valueOf(thread.group(1)), thread.group(2));
        }
      }
      Files.delete(dump);
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("the threads could not be counted", e);
    }
    return found;
  }

  private static TreeMap<Integer, String> countHandles() {
    TreeMap<Integer, String> found = new TreeMap<>();
    Path all = Path.of("/proc/self/fd");
    if (!Files.isDirectory(all)) {
      return found;
    }
    try (DirectoryStream<Path> handles = Files.newDirectoryStream(all)) {
      for (Path handle : handles) {
        try {
          String target = Files.readSymbolicLink(handle).toString();
          // the number of the listing itself is a directory of /proc, which is not ours
          if (!NOT_OUR_HANDLES.matcher(target).matches()) {
            found.put(Integer.valueOf(handle.getFileName().toString()), target);
          }
        } catch (IOException closedMeanwhile) {
          // a handle that is gone is no leak
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the open handles could not be counted", e);
    }
    return found;
  }
}
