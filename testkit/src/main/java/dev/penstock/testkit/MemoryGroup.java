package dev.penstock.testkit;

import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A group in memory: hands out its splits among those who read it, and shares them anew whenever
/// one comes or goes, or the test says so.
///
/// @param <T> the type of the records
public final class MemoryGroup<T> {
  private final String name;
  private final Duration patience;
  private final Map<Split, List<T>> records = new TreeMap<>();
  private final List<Member> members = new ArrayList<>();

  /// Where the group stands for targets that keep no positions.
  private final Map<Split, Long> offsets = new HashMap<>();

  private int shift;

  /// @param patience how long a member has to give a split back
  /// @param splits the records of each split
  public MemoryGroup(String name, Duration patience, List<List<T>> splits) {
    this.name = name;
    this.patience = patience;
    for (int i = 0; i < splits.size(); i++) {
      records.put(new Split("split " + i), List.copyOf(splits.get(i)));
    }
  }

  /// A source whose readers are members. It has no end.
  public Source<T> source() {
    return new GroupSource();
  }

  /// Shares the splits otherwise than they are.
  public synchronized void rebalance() {
    shift++;
    share();
  }

  /// Takes all splits away from the member that joined last, which is told too late: it is thought
  /// dead.
  public synchronized void losesLast() {
    if (!members.isEmpty()) {
      Member lost = members.getLast();
      lost.events.lost(lost.drop());
    }
  }

  /// How far the group has come by what its members have told.
  public Map<Split, Long> offsets() {
    synchronized (offsets) {
      return Map.copyOf(offsets);
    }
  }

  /// Called with the lock of the group, as one rebalance is made at a time.
  private void share() {
    Map<Member, Set<Split>> shares = new LinkedHashMap<>();
    members.forEach(member -> shares.put(member, new HashSet<>()));
    int next = shift;
    for (Split split : records.keySet()) {
      if (!members.isEmpty()) {
        Objects.requireNonNull(shares.get(members.get(next++ % members.size()))).add(split);
      }
    }
    shares.forEach(Member::giveBack);
    shares.forEach(Member::take);
  }

  private final class GroupSource implements Source<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public Set<Trait> traits() {
      return Set.of(Trait.GROUP, Trait.SEEKABLE, Trait.SPLITTABLE, Trait.INTERLEAVED);
    }

    @Override
    public Optional<String> group() {
      return Optional.of(name);
    }

    @Override
    public List<Split> discover() {
      throw new AssertionError("discover() of a group");
    }

    @Override
    public Reader<T> open(Assignments events) {
      return new Member(events);
    }

    @Override
    public String describe() {
      return "Memory.group(" + name + ")";
    }
  }

  private final class Member implements Reader<T> {
    private final Assignments events;

    /// Its splits, and where it reads on; guarded by this.
    private final Map<Split, Long> at = new TreeMap<>();

    private int turn;
    private boolean joined;
    private boolean closed;
    private @Nullable Exception failure;

    Member(Assignments events) {
      this.events = events;
    }

    void join() {
      synchronized (MemoryGroup.this) {
        if (!closed) {
          members.add(this);
          share();
        }
      }
    }

    synchronized Set<Split> drop() {
      Set<Split> all = Set.copyOf(at.keySet());
      at.clear();
      return all;
    }

    void giveBack(Set<Split> share) {
      Set<Split> leaving = new HashSet<>();
      synchronized (this) {
        leaving.addAll(at.keySet());
        leaving.removeAll(share);
        at.keySet().removeAll(leaving);
      }
      events.leaving(leaving, Instant.now().plus(patience));
    }

    void take(Set<Split> share) {
      Set<Split> fresh = new HashSet<>(share);
      synchronized (this) {
        fresh.removeAll(at.keySet());
      }
      try {
        Map<Split, Optional<Position>> from = events.gained(fresh);
        synchronized (this) {
          for (Split split : fresh) {
            Optional<Position> position = from.get(split);
            at.put(
                split,
                position == null
                    ? offsets().getOrDefault(split, 0L)
                    : position.map(p -> Long.valueOf(p.text())).orElse(0L));
          }
          notifyAll();
        }
      } catch (Exception e) {
        failure = e;
      }
    }

    @Override
    public void assign(Map<Split, Optional<Position>> from) {
      throw new AssertionError("assign() in a group");
    }

    @Override
    public synchronized Chunk<T> poll(Duration upTo) throws Exception {
      if (!joined) {
        joined = true;
        Thread.ofVirtual().start(this::join);
      }
      if (failure != null) {
        throw failure;
      }
      List<Split> mine = List.copyOf(at.keySet());
      for (int i = 0; i < mine.size(); i++) {
        Split split = mine.get(++turn % mine.size());
        List<T> all = Objects.requireNonNull(records.get(split));
        long from = Objects.requireNonNull(at.get(split));
        if (from < all.size()) {
          long to = Math.min(all.size(), from + 1 + turn % 5);
          at.put(split, to);
          return new Part<>(split, from, all.subList((int) from, (int) to));
        }
      }
      wait(Math.max(1, Math.min(5, upTo.toMillis())));
      return new Part<>(new Split("none"), 0, List.of());
    }

    @Override
    public void release(Set<Split> splits) {
      throw new AssertionError("release() in a group");
    }

    @Override
    public void committed(Map<Split, Position> to) {
      synchronized (offsets) {
        to.forEach((split, position) -> offsets.put(split, Long.valueOf(position.text())));
      }
    }

    @Override
    public void close() {
      synchronized (MemoryGroup.this) {
        closed = true;
        if (members.remove(this)) {
          share();
        }
      }
    }
  }

  private record Part<T>(Split split, long from, List<T> records) implements Chunk<T> {
    @Override
    public int size() {
      return records.size();
    }

    @Override
    public T get(int i) {
      return records.get(i);
    }

    @Override
    public Position after(int i) {
      return Position.of(Long.toString(from + i + 1));
    }

    @Override
    public boolean last() {
      return false;
    }
  }
}
