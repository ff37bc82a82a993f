package dev.penstock.files.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/// A column of physical type INT64.
final class LongColumn extends FlatColumn {
  private long[] dictionary = new long[0];

  /// By row of the batch; 0 where there is no value.
  final long[] values;

  LongColumn(ColumnDescriptor descriptor, ParquetFile file, int[] ids) {
    super(descriptor, file, ids);
    this.values = new long[ids.length];
  }

  @Override
  int leastBytes() {
    return Long.BYTES;
  }

  @Override
  void dictionary(byte[] bytes, int limit, int count) {
    dictionary = new long[count];
    Bytes.view(bytes, 0, limit).asLongBuffer().get(dictionary);
  }

  @Override
  void plain(int at, int count) {
    int length = Long.BYTES * count;
    Bytes.view(data, next, length).asLongBuffer().get(values, at, count);
    next += length;
  }

  @Override
  void gather(int[] ids, int at, int count) {
    long[] from = dictionary;
    long[] to = values;
    for (int i = 0; i < count; i++) {
      to[at + i] = from[ids[i]];
    }
  }

  @Override
  void other(ValuesReader from, int at, int count) {
    for (int i = 0; i < count; i++) {
      values[at + i] = from.readLong();
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
