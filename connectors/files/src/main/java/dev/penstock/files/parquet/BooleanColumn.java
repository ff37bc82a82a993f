package dev.penstock.files.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/// A column of physical type BOOLEAN.
final class BooleanColumn extends FlatColumn {
  private int bit;

  /// By row of the batch; false where there is no value.
  final boolean[] values;

  BooleanColumn(ColumnDescriptor descriptor, ParquetFile file, int[] ids) {
    super(descriptor, file, ids);
    this.values = new boolean[ids.length];
  }

  @Override
  int leastBytes() {
    return 1;
  }

  @Override
  void dictionary(byte[] bytes, int limit, int count) {
    throw new IllegalStateException("booleans have no dictionary");
  }

  @Override
  void startPlain() {
    bit = 0;
  }

  @Override
  void plain(int at, int count) {
    for (int i = 0; i < count; i++, bit++) {
      values[at + i] = (data[next + (bit >>> 3)] >>> (bit & 7) & 1) != 0;
    }
  }

  @Override
  void gather(int[] ids, int at, int count) {
    throw new IllegalStateException("booleans have no dictionary");
  }

  @Override
  void other(ValuesReader from, int at, int count) {
    for (int i = 0; i < count; i++) {
      values[at + i] = from.readBoolean();
    }
  }

  @Override
  void spread(int at, int count, int present) {
    int from = at + present;
    for (int row = at + count - 1; row >= at; row--) {
      values[row] = !absent[row] && values[--from];
    }
  }
}
