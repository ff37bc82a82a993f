package dev.penstock.testkit;

import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.testkit.Faults.Point;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A seekable source in memory, with splits, chunks of random sizes (empty ones among them) and no
/// patience: a chunk that is used after the next poll, a position that it never gave, and anything
/// done after closing is an error. An element that is a [Bad] fails instead of being read.
///
/// @param <T> the type of the records
public final class MemorySource<T> implements Source<T> {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_CHUNK = 7;

  private final transient List<List<?>> splits;
  private final transient Faults faults;
  private final long seed;
  private final boolean seekable;

  /// A record that cannot be made.
  ///
  /// @param cause what `Chunk.get` throws in its place
  public record Bad(Exception cause) {}

  private MemorySource(List<List<?>> splits, long seed, boolean seekable, Faults faults) {
    this.splits = List.copyOf(splits);
    this.seed = seed;
    this.seekable = seekable;
    this.faults = faults;
  }

  /// These records in one split.
  public static <T> MemorySource<T> of(List<? extends T> records) {
    return new MemorySource<>(List.of(List.copyOf(records)), 1, true, Faults.none());
  }

  /// These elements, records or [Bad], in so many splits.
  public static <T> MemorySource<T> ofSplits(List<? extends List<?>> splits) {
    return new MemorySource<>(List.copyOf(splits), 1, true, Faults.none());
  }

  /// The same with chunks cut by another seed.
  public MemorySource<T> chunked(long seed) {
    return new MemorySource<>(splits, seed, seekable, faults);
  }

  /// The same without positions.
  public MemorySource<T> notSeekable() {
    return new MemorySource<>(splits, seed, false, faults);
  }

  /// The same, used by this process.
  public MemorySource<T> in(Faults process) {
    return new MemorySource<>(splits, seed, seekable, process);
  }

  @Override
  public Set<Trait> traits() {
    EnumSet<Trait> traits = EnumSet.of(Trait.BOUNDED);
    if (seekable) {
      traits.add(Trait.SEEKABLE);
    }
    if (splits.size() > 1) {
      traits.add(Trait.SPLITTABLE);
    }
    return traits;
  }

  @Override
  public List<Split> discover() {
    faults.requireAlive();
    List<Split> named = new ArrayList<>();
    for (int i = 0; i < splits.size(); i++) {
      named.add(new Split("split-" + i));
    }
    return named;
  }

  @Override
  public Reader<T> open(Assignments events) {
    faults.requireAlive();
    return new MemoryReader();
  }

  @Override
  public String describe() {
    return "Memory.source(" + splits.size() + (splits.size() == 1 ? " split)" : " splits)");
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(splits.stream().mapToLong(List::size).sum());
  }

  private final class MemoryReader implements Reader<T> {
    private final Deque<Cursor> cursors = new ArrayDeque<>();
    private final Random random = new Random(seed);
    private @Nullable MemoryChunk current;
    private boolean closed;

    @Override
    public void assign(Map<Split, Optional<Position>> from) {
      requireOpen();
      faults.pass(Point.BEFORE_SEEK);
      from.forEach((split, position) -> cursors.add(new Cursor(split, start(split, position))));
    }

    private int start(Split split, Optional<Position> position) {
      if (position.isEmpty()) {
        return 0;
      }
      if (!seekable) {
        throw new UnsupportedOperationException(describe() + " cannot read from a position");
      }
      int at = Integer.parseInt(position.get().text());
      if (at < 1 || at > elements(split).size()) {
        throw new IllegalArgumentException(position.get() + " was never given for " + split);
      }
      return at;
    }

    @Override
    public @Nullable Chunk<T> poll(Duration upTo) {
      requireOpen();
      if (current != null) {
        current.invalid = true;
      }
      while (!cursors.isEmpty()) {
        Cursor cursor = cursors.getFirst();
        int left = elements(cursor.split).size() - cursor.next;
        if (left == 0) {
          cursors.removeFirst();
          continue;
        }
        int size = Math.min(left, random.nextInt(LONGEST_CHUNK));
        current = new MemoryChunk(cursor.split, cursor.next, size);
        cursor.next += size;
        faults.pass(Point.AFTER_POLL);
        return current;
      }
      return null;
    }

    @Override
    public void release(Set<Split> splits) {
      requireOpen();
      cursors.removeIf(cursor -> splits.contains(cursor.split));
    }

    @Override
    public void close() {
      closed = true;
    }

    private void requireOpen() {
      faults.requireAlive();
      if (closed) {
        throw new IllegalStateException(describe() + " was used after closing");
      }
    }
  }

  private List<?> elements(Split split) {
    return splits.get(Integer.parseInt(split.id().substring("split-".length())));
  }

  private static final class Cursor {
    final Split split;
    int next;

    Cursor(Split split, int next) {
      this.split = split;
      this.next = next;
    }
  }

  private final class MemoryChunk implements Chunk<T> {
    private final Split split;
    private final int start;
    private final int size;
    private volatile boolean invalid;

    MemoryChunk(Split split, int start, int size) {
      this.split = split;
      this.start = start;
      this.size = size;
    }

    @Override
    public Split split() {
      return split;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T get(int i) throws Exception {
      if (invalid) {
        throw new IllegalStateException("a chunk was used after the next poll");
      }
      Object element = elements(split).get(start + checked(i));
      if (element instanceof Bad(Exception cause)) {
        throw cause;
      }
      return (T) element;
    }

    @Override
    public Position after(int i) {
      return Position.of(Integer.toString(start + checked(i) + 1));
    }

    @Override
    public boolean last() {
      return start + size == elements(split).size();
    }

    private int checked(int i) {
      if (i < 0 || i >= size) {
        throw new IndexOutOfBoundsException("record " + i + " of a chunk of " + size);
      }
      return i;
    }
  }
}
