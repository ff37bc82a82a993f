package dev.penstock.testkit;

import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.testkit.Faults.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The commits of all pipelines into one target in memory: checks epochs and positions, and notes
/// every breach of the rules that is the engine's fault.
final class MemoryLog {
  private final Map<Key, Line> lines = new HashMap<>();
  private final List<String> violations = new ArrayList<>();

  private record Key(String pipeline, Split split) {}

  private static final class Line {
    long epoch;
    final List<Entry> entries = new ArrayList<>();

    Optional<Position> to() {
      return entries.isEmpty() ? Optional.empty() : entries.getLast().to();
    }
  }

  /// A claim with the epochs it was given.
  final class MemoryClaim implements Claim {
    private final String pipeline;
    private final Map<Split, Long> epochs = new LinkedHashMap<>();
    private final Map<Split, Entry> last = new LinkedHashMap<>();
    private final Faults faults;

    private MemoryClaim(String pipeline, Faults faults) {
      this.pipeline = pipeline;
      this.faults = faults;
    }

    @Override
    public String pipeline() {
      return pipeline;
    }

    @Override
    public Map<Split, Entry> last() {
      return Map.copyOf(last);
    }

    @Override
    public void append(Map<Split, Entry> next) throws Fenced {
      faults.onWaking(() -> commit(this, next, () -> {}));
      faults.pass(Point.BEFORE_COMMIT);
      commit(this, next, () -> {});
      faults.pass(Point.DURING_COMMIT);
      faults.pass(Point.AFTER_COMMIT);
    }
  }

  /// Opens the log for a process.
  CommitLog open(Faults faults) {
    return new CommitLog() {
      private boolean closed;

      @Override
      public Claim claim(String pipeline, Set<Split> splits) {
        if (closed) {
          throw new IllegalStateException("the log was used after closing");
        }
        faults.requireAlive();
        MemoryClaim claim = raise(pipeline, splits, faults);
        faults.pass(Point.AFTER_CLAIM);
        return claim;
      }

      @Override
      public Set<Split> known(String pipeline) {
        return splits(pipeline);
      }

      @Override
      public void forget(String pipeline) {
        faults.requireAlive();
        remove(pipeline);
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }

  private synchronized MemoryClaim raise(String pipeline, Set<Split> splits, Faults faults) {
    MemoryClaim claim = new MemoryClaim(pipeline, faults);
    for (Split split : splits.stream().sorted().toList()) {
      Line line = lines.computeIfAbsent(new Key(pipeline, split), _ -> new Line());
      claim.epochs.put(split, ++line.epoch);
      if (!line.entries.isEmpty()) {
        claim.last.put(split, line.entries.getLast());
      }
      faults.pass(Point.DURING_CLAIM);
    }
    return claim;
  }

  private synchronized Set<Split> splits(String pipeline) {
    return lines.entrySet().stream()
        .filter(line -> line.getKey().pipeline().equals(pipeline))
        .filter(line -> line.getValue().to().isPresent())
        .map(line -> line.getKey().split())
        .collect(Collectors.toSet());
  }

  private synchronized void remove(String pipeline) {
    lines.keySet().removeIf(key -> key.pipeline().equals(pipeline));
  }

  /// Adds the splits of another claim to one that is in use.
  synchronized void add(MemoryClaim claim, MemoryClaim more) {
    claim.epochs.putAll(more.epochs);
    claim.last.putAll(more.last);
  }

  /// Commits entries with their effects: all, or nothing.
  synchronized void commit(MemoryClaim claim, Map<Split, Entry> next, Runnable effects)
      throws Fenced {
    for (Map.Entry<Split, Entry> one : next.entrySet()) {
      check(claim, one.getKey(), one.getValue());
    }
    next.forEach((split, entry) -> line(claim, split).entries.add(entry));
    effects.run();
  }

  private void check(MemoryClaim claim, Split split, Entry entry) throws Fenced {
    Line line = line(claim, split);
    Long epoch = claim.epochs.get(split);
    if (epoch == null) {
      violations.add("a commit of " + split + ", which was not claimed");
      throw new Fenced(split + " was not claimed");
    }
    if (epoch != line.epoch) {
      throw new Fenced(split + " was claimed again: epoch " + line.epoch + " is not " + epoch);
    }
    if (!entry.from().equals(line.to())) {
      violations.add(split + " is at " + line.to() + ", a unit began at " + entry.from());
      throw new Fenced(split + " is at " + line.to() + ", not at " + entry.from());
    }
    if (entry.number() != line.entries.size() + 1) {
      violations.add("entry " + entry.number() + " of " + split + " after " + line.entries.size());
    }
    if (place(entry.to()) < place(line.to())) {
      violations.add(split + " goes back from " + line.to() + " to " + entry.to());
    }
  }

  private Line line(MemoryClaim claim, Split split) {
    return lines.computeIfAbsent(new Key(claim.pipeline, split), _ -> new Line());
  }

  /// Positions of a [MemorySource] are numbers; others are not compared.
  private static long place(Optional<Position> position) {
    if (position.isEmpty()) {
      return 0;
    }
    String text = position.get().text();
    return !text.isEmpty() && text.chars().allMatch(Character::isDigit) && text.length() < 18
        ? Long.parseLong(text)
        : 0;
  }

  /// The entries of a split, the first one first.
  synchronized List<Entry> entries(String pipeline, Split split) {
    Line line = lines.get(new Key(pipeline, split));
    return line == null ? List.of() : List.copyOf(line.entries);
  }

  /// Whether any entry holds these staged bytes.
  synchronized boolean names(byte[] staged) {
    return lines.values().stream()
        .flatMap(line -> line.entries.stream())
        .anyMatch(entry -> entry.staged().isPresent() && same(entry.staged().get(), staged));
  }

  private static boolean same(byte[] a, byte[] b) {
    return java.util.Arrays.equals(a, b);
  }

  synchronized void violated(String what) {
    violations.add(what);
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }
}
