package dev.penstock.files.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/// A column of physical type FLOAT.
final class FloatColumn extends FlatColumn {
  private float[] dictionary = new float[0];

  /// By row of the batch; 0 where there is no value.
  final float[] values;

  FloatColumn(ColumnDescriptor descriptor, ParquetFile file, int[] ids) {
    super(descriptor, file, ids);
    this.values = new float[ids.length];
  }

  @Override
  int leastBytes() {
    return Float.BYTES;
  }

  @Override
  void dictionary(byte[] bytes, int limit, int count) {
    dictionary = new float[count];
    Bytes.view(bytes, 0, limit).asFloatBuffer().get(dictionary);
  }

  @Override
  void plain(int at, int count) {
    int length = Float.BYTES * count;
    Bytes.view(data, next, length).asFloatBuffer().get(values, at, count);
    next += length;
  }

  @Override
  void gather(int[] ids, int at, int count) {
    float[] from = dictionary;
    float[] to = values;
    for (int i = 0; i < count; i++) {
      to[at + i] = from[ids[i]];
    }
  }

  @Override
  void other(ValuesReader from, int at, int count) {
    for (int i = 0; i < count; i++) {
      values[at + i] = from.readFloat();
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
