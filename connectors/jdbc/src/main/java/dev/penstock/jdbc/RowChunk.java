package dev.penstock.jdbc;

import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some rows, already made into records or failures.
final class RowChunk<T> implements Chunk<T> {
  private final Split split;
  private final List<@Nullable T> records;
  private final List<@Nullable RuntimeException> failures;
  private final List<Position> positions;
  private boolean last;

  RowChunk(Split split, int capacity) {
    this.split = split;
    this.records = new ArrayList<>(capacity);
    this.failures = new ArrayList<>(capacity);
    this.positions = new ArrayList<>(capacity);
  }

  void add(@Nullable T record, @Nullable RuntimeException failure, Position after) {
    records.add(record);
    failures.add(failure);
    positions.add(after);
  }

  void end() {
    last = true;
  }

  @Override
  public Split split() {
    return split;
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public T get(int i) {
    RuntimeException failure = failures.get(i);
    T record = records.get(i);
    if (failure != null) {
      throw failure;
    }
    if (record == null) {
      throw new IllegalStateException("row " + i + " is neither a record nor a failure");
    }
    return record;
  }

  @Override
  public Position after(int i) {
    return positions.get(i);
  }

  @Override
  public boolean last() {
    return last;
  }
}
