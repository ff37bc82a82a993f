package dev.penstock.files.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/// A column of physical type DOUBLE.
final class DoubleColumn extends FlatColumn {
  private double[] dictionary = new double[0];

  /// By row of the batch; 0 where there is no value.
  final double[] values;

  DoubleColumn(ColumnDescriptor descriptor, ParquetFile file, int[] ids) {
    super(descriptor, file, ids);
    this.values = new double[ids.length];
  }

  @Override
  int leastBytes() {
    return Double.BYTES;
  }

  @Override
  void dictionary(byte[] bytes, int limit, int count) {
    dictionary = new double[count];
    Bytes.view(bytes, 0, limit).asDoubleBuffer().get(dictionary);
  }

  @Override
  void plain(int at, int count) {
    int length = Double.BYTES * count;
    Bytes.view(data, next, length).asDoubleBuffer().get(values, at, count);
    next += length;
  }

  @Override
  void gather(int[] ids, int at, int count) {
    double[] from = dictionary;
    double[] to = values;
    for (int i = 0; i < count; i++) {
      to[at + i] = from[ids[i]];
    }
  }

  @Override
  void other(ValuesReader from, int at, int count) {
    for (int i = 0; i < count; i++) {
      values[at + i] = from.readDouble();
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
