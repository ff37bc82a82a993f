package dev.penstock.testkit;

import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A source read by hand, chunk by chunk, without the engine.
final class SourceReading<T> implements AutoCloseable {
  private static final int EMPTY_POLLS = 100;

  private final Source<T> source;
  private final Reader<T> reader;
  private final List<Chunk<T>> chunks = new ArrayList<>();
  private final Set<Split> ended = new HashSet<>();
  private final List<Split> afterLast = new ArrayList<>();

  /// What one record came to.
  record Taken<T>(Split split, @Nullable T record, @Nullable Exception failure, Position after) {}

  private SourceReading(Source<T> source, Reader<T> reader) {
    this.source = source;
    this.reader = reader;
  }

  static <T> SourceReading<T> open(Source<T> source) throws Exception {
    return new SourceReading<>(source, source.open(new NoGroup()));
  }

  Reader<T> reader() {
    return reader;
  }

  void assignAll() throws Exception {
    Map<Split, Optional<Position>> all = new LinkedHashMap<>();
    for (Split split : source.discover()) {
      all.put(split, Optional.empty());
    }
    reader.assign(all);
  }

  void assign(Map<Split, Optional<Position>> from) throws Exception {
    reader.assign(from);
  }

  List<Taken<T>> toEnd(Duration wait) throws Exception {
    List<Taken<T>> taken = new ArrayList<>();
    int empty = 0;
    for (Chunk<T> chunk = reader.poll(wait); chunk != null; chunk = reader.poll(wait)) {
      if (ended.contains(chunk.split())) {
        afterLast.add(chunk.split());
      }
      empty = chunk.size() == 0 && !chunk.last() ? empty + 1 : 0;
      if (empty > EMPTY_POLLS) {
        throw new AssertionError(EMPTY_POLLS + " empty chunks in a row from " + source.describe());
      }
      for (int i = 0; i < chunk.size(); i++) {
        taken.add(take(chunk, i));
      }
      chunks.add(chunk);
      if (chunk.last()) {
        ended.add(chunk.split());
      }
    }
    return taken;
  }

  private Taken<T> take(Chunk<T> chunk, int i) {
    try {
      return new Taken<>(chunk.split(), chunk.get(i), null, chunk.after(i));
    } catch (Exception e) {
      return new Taken<>(chunk.split(), null, e, chunk.after(i));
    }
  }

  /// The positions of all records, asked of their chunks only now.
  List<Position> positionsAskedLate() {
    List<Position> positions = new ArrayList<>();
    for (Chunk<T> chunk : chunks) {
      for (int i = 0; i < chunk.size(); i++) {
        positions.add(chunk.after(i));
      }
    }
    return positions;
  }

  List<Split> chunksAfterLast() {
    return afterLast;
  }

  @Override
  public void close() throws Exception {
    reader.close();
  }

  /// Bounded sources are not told of assignments.
  private static final class NoGroup implements Assignments {
    @Override
    public Map<Split, Optional<Position>> gained(Set<Split> splits) {
      throw new AssertionError("gained(" + splits + ") outside of a group");
    }

    @Override
    public void leaving(Set<Split> splits, Instant deadline) {
      throw new AssertionError("leaving(" + splits + ") outside of a group");
    }

    @Override
    public void lost(Set<Split> splits) {
      throw new AssertionError("lost(" + splits + ") outside of a group");
    }
  }
}
