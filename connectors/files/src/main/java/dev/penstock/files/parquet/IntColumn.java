package dev.penstock.files.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/// A column of physical type INT32.
final class IntColumn extends FlatColumn {
  private int[] dictionary = new int[0];

  /// By row of the batch; 0 where there is no value.
  final int[] values;

  IntColumn(ColumnDescriptor descriptor, ParquetFile file, int[] ids) {
    super(descriptor, file, ids);
    this.values = new int[ids.length];
  }

  @Override
  int leastBytes() {
    return Integer.BYTES;
  }

  @Override
  void dictionary(byte[] bytes, int limit, int count) {
    dictionary = new int[count];
    Bytes.view(bytes, 0, limit).asIntBuffer().get(dictionary);
  }

  @Override
  void plain(int at, int count) {
    int length = Integer.BYTES * count;
    Bytes.view(data, next, length).asIntBuffer().get(values, at, count);
    next += length;
  }

  @Override
  void gather(int[] ids, int at, int count) {
    int[] from = dictionary;
    int[] to = values;
    for (int i = 0; i < count; i++) {
      to[at + i] = from[ids[i]];
    }
  }

  @Override
  void other(ValuesReader from, int at, int count) {
    for (int i = 0; i < count; i++) {
      values[at + i] = from.readInteger();
    }
  }

  @Override
  void spread(int at, int count, int present) {
    int from = at + present;
    for (int row = at + count - 1; row >= at; row--) {
      values[row] = absent[row] ? 0 : values[--from];
    }
  }
}
