package dev.penstock.testkit;

import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.TransactionalSink;
import dev.penstock.pipeline.connector.TxWriter;
import dev.penstock.testkit.Faults.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A transactional target in memory that keeps strict account of its commits.
///
/// @param <T> the type of the records
public final class MemoryTable<T> implements TransactionalSink<T> {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final transient MemoryLog log;
  private final transient List<T> content;
  private final transient List<Cut> cuts;
  private final transient Faults faults;

  /// An empty table.
  public MemoryTable(String name) {
    this(name, new MemoryLog(), new ArrayList<>(), new ArrayList<>(), Faults.none());
  }

  private MemoryTable(String name, MemoryLog log, List<T> content, List<Cut> cuts, Faults faults) {
    this.name = name;
    this.log = log;
    this.content = content;
    this.cuts = cuts;
    this.faults = faults;
  }

  /// The same table, used by this process.
  public MemoryTable<T> in(Faults process) {
    return new MemoryTable<>(name, log, content, cuts, process);
  }

  /// What is committed.
  public List<T> content() {
    synchronized (log) {
      return new ArrayList<>(content);
    }
  }

  /// The cuts committed, the first one first.
  public List<Cut> cuts() {
    synchronized (log) {
      return List.copyOf(cuts);
    }
  }

  /// What the engine did against the rules; empty for a good one.
  public List<String> violations() {
    return log.violations();
  }

  @Override
  public CommitLog log() {
    faults.requireAlive();
    return log.open(faults);
  }

  @Override
  public TxWriter<T> open(@Nullable Claim claim) {
    faults.requireAlive();
    return new Writer((MemoryLog.MemoryClaim) claim);
  }

  @Override
  public boolean adds() {
    return true;
  }

  @Override
  public String describe() {
    return "Memory.table(" + name + ")";
  }

  private final class Writer implements TxWriter<T> {
    private final MemoryLog.@Nullable MemoryClaim claim;
    private final List<T> open = new ArrayList<>();
    private final Map<Split, Long> numbers = new HashMap<>();
    private boolean closed;
    private boolean finished;

    Writer(MemoryLog.@Nullable MemoryClaim claim) {
      this.claim = claim;
    }

    @Override
    public void add(Claim more) {
      if (claim == null) {
        throw new IllegalStateException(describe() + " is written without a claim");
      }
      log.add(claim, (MemoryLog.MemoryClaim) more);
    }

    @Override
    public void write(T record) {
      requireOpen();
      if (finished) {
        log.violated(record + " was written after the last cut");
      }
      open.add(record);
      faults.pass(Point.WRITE);
    }

    @Override
    public void commit(Cut cut) throws Fenced {
      requireOpen();
      List<T> unit = List.copyOf(open);
      if (claim == null) {
        faults.pass(Point.BEFORE_COMMIT);
        synchronized (log) {
          content.addAll(unit);
        }
      } else {
        if (!cut.to().isEmpty()) {
          faults.onWaking(() -> commit(claim, cut, unit));
        }
        faults.pass(Point.BEFORE_COMMIT);
        commit(claim, cut, unit);
        faults.pass(Point.DURING_COMMIT);
      }
      open.clear();
      finished = cut.last();
      faults.pass(Point.AFTER_COMMIT);
    }

    private void commit(MemoryLog.MemoryClaim claim, Cut cut, List<T> unit) throws Fenced {
      Map<Split, Entry> entries = new HashMap<>();
      for (Map.Entry<Split, Position> to : cut.to().entrySet()) {
        Split split = to.getKey();
        long number = log.entries(claim.pipeline(), split).size() + 1L;
        numbers.put(split, number);
        Optional<Position> from = Optional.ofNullable(cut.from().get(split));
        entries.put(
            split,
            new Entry(number, from, Optional.of(to.getValue()), cut.states(), Optional.empty()));
      }
      open.clear(); // what is refused is gone, as when a database rolls back
      log.commit(
          claim,
          entries,
          () -> {
            if (!unit.isEmpty() && cut.from().equals(cut.to()) && !statesMoved(cut)) {
              log.violated(unit.size() + " records were committed without a new position");
            }
            content.addAll(unit);
            cuts.add(cut);
          });
    }

    /// A step may send what it held since an earlier run, which its state then says.
    private boolean statesMoved(Cut cut) {
      return !texts(cut).equals(cuts.isEmpty() ? Map.of() : texts(cuts.getLast()));
    }

    private Map<String, String> texts(Cut cut) {
      Map<String, String> texts = new HashMap<>();
      cut.states()
          .forEach((step, state) -> {
            if (step.contains(":")) { // else it counts the units
              texts.put(step, Arrays.toString(state));
            }
          });
      return texts;
    }

    @Override
    public void rollback() {
      requireOpen();
      open.clear();
    }

    @Override
    public void close() {
      if (!closed && !open.isEmpty() && claim != null) {
        List<T> unit = List.copyOf(open);
        Cut invented = new Cut(Map.of(), Map.of(), Map.of(), false);
        faults.onWaking(() -> refused(claim, invented, unit));
      }
      closed = true;
      open.clear();
    }

    /// A zombie with an open transaction commits it where the log stands: only the epoch can stop
    /// it.
    private void refused(MemoryLog.MemoryClaim claim, Cut cut, List<T> unit) throws Fenced {
      Map<Split, Position> at = new HashMap<>();
      for (Map.Entry<Split, Entry> entry : claim.last().entrySet()) {
        List<Entry> now = log.entries(claim.pipeline(), entry.getKey());
        now.getLast().to().ifPresent(to -> at.put(entry.getKey(), to));
      }
      if (!at.isEmpty()) {
        commit(claim, new Cut(at, at, cut.states(), false), unit);
      } else {
        throw new Fenced("nothing to commit");
      }
    }

    private void requireOpen() {
      faults.requireAlive();
      if (closed) {
        throw new IllegalStateException(describe() + " was used after closing");
      }
    }
  }
}
