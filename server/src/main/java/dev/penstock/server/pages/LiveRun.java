package dev.penstock.server.pages;

import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.RunLogs;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A run that somebody watches: what was last read of it, what was rendered of that, and the newest
/// lines of its log. Safe for use by all of its viewers.
final class LiveRun {
  /// What was read is as good for this long: lines are wanted sooner than what is drawn anew.
  private static final long GOOD_NANOS = 450_000_000;

  private static final long LINES_GOOD_NANOS = 200_000_000;

  private static final int LINES_AT_ONCE = 500;
  private static final int LINES_KEPT = 2000;
  private static final int MOST_READS = 8;

  private final Site site;
  private final RunReading reading;
  private final String id;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<RunLogs.Line> lines = new ArrayDeque<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<Object, Map<String, String>> rendered = new HashMap<>();
  private @Nullable RunFacts facts;
  private long read;
  private long linesRead;

  /// The newest line that was read.
  private long newest = -1;

  /// The line before the first one that is kept: older ones are in the store alone.
  private long begin;

  LiveRun(Site site, RunReading reading, String id) {
    this.site = site;
    this.reading = reading;
    this.id = id;
    this.linesRead = System.nanoTime() - 2 * LINES_GOOD_NANOS;
  }

  /// What is known of it now; empty when it was deleted.
  Optional<RunFacts> facts() {
    return locked(() -> {
      if (facts == null || System.nanoTime() - read > GOOD_NANOS) {
        Optional<FlowRun> run = site.store().flowRuns().find(id);
        facts = run.map(reading::facts).orElse(null);
        rendered.clear();
        read = System.nanoTime();
      }
      return Optional.ofNullable(facts);
    });
  }

  /// What was rendered for another viewer who sees the same, or is now.
  ///
  /// @param of what was read
  /// @param key equal for those who see the same
  Map<String, String> rendered(RunFacts of, Object key, Supplier<Map<String, String>> rendering) {
    return locked(
        () -> of == facts ? rendered.computeIfAbsent(key, _ -> rendering.get()) : rendering.get());
  }

  /// Lines of the log.
  ///
  /// @param seen up to which line all were looked through
  record Lines(List<RunLogs.Line> lines, long seen) {}

  /// Those after one, the oldest first.
  Lines lines(RunLogs.Wanted wanted, long after) {
    long kept = locked(this::readLines);
    return after < kept ? older(wanted, after, kept) : locked(() -> newer(wanted, after));
  }

  /// For a viewer who has come late, or has a filter that lets little through.
  private Lines older(RunLogs.Wanted wanted, long after, long kept) {
    List<RunLogs.Line> found = site.store().logs().after(id, wanted, after, LINES_AT_ONCE);
    long last = found.isEmpty() ? after : found.getLast().id();
    return new Lines(found, found.size() < LINES_AT_ONCE ? Math.max(kept, last) : last);
  }

  private Lines newer(RunLogs.Wanted wanted, long after) {
    List<RunLogs.Line> found =
        lines.stream()
            .filter(line -> line.id() > after && wanted.matches(line))
            .limit(LINES_AT_ONCE)
            .toList();
    boolean all = found.size() < LINES_AT_ONCE;
    return new Lines(found, all ? Math.max(after, newest) : found.getLast().id());
  }

  /// @return the line before the first one that is kept here
  private long readLines() {
    if (newest < 0) {
      List<RunLogs.Line> last =
          site.store().logs().before(id, RunLogs.Wanted.ALL, Long.MAX_VALUE, 1);
      newest = last.isEmpty() ? 0 : last.getFirst().id();
      begin = newest;
    }
    if (System.nanoTime() - linesRead > LINES_GOOD_NANOS) {
      for (int i = 0; i < MOST_READS; i++) {
        List<RunLogs.Line> next =
            site.store().logs().after(id, RunLogs.Wanted.ALL, newest, LINES_AT_ONCE);
        lines.addAll(next);
        newest = next.isEmpty() ? newest : next.getLast().id();
        while (lines.size() > LINES_KEPT) {
          begin = lines.removeFirst().id();
        }
        if (next.size() < LINES_AT_ONCE) {
          break;
        }
      }
      linesRead = System.nanoTime();
    }
    return begin;
  }

  /// The names of the tasks that lines are of, by the ids of their runs.
  Map<String, String> names(List<RunLogs.Line> of) {
    return locked(() -> {
      Map<String, String> found = new HashMap<>();
      for (RunLogs.Line line : of) {
        String task = line.taskRun();
        if (task != null) {
          found.put(task, names.computeIfAbsent(task, this::name));
        }
      }
      return found;
    });
  }

  private String name(String task) {
    return site.store().taskRuns().find(task).map(run -> run.key().name()).orElse("task");
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
