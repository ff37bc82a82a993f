package dev.penstock.files.parquet;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;
import org.jspecify.annotations.Nullable;

/// A column of bytes, of any or of one length, decoded straight into objects; entries of a
/// dictionary are made once.
final class BinaryColumn extends FlatColumn {
  private static final int INT96_BYTES = 12;

  private final int fixedLength;
  private FromBytes conversion;
  private byte[] dictionaryBytes = new byte[0];
  private int[] starts = new int[0];
  private @Nullable Object[] made = new Object[0];

  /// By row of the batch: null where there is no value, a [Misfit] where it could not be made.
  final @Nullable Object[] values;

  /// Whether any value of the batch is a [Misfit].
  boolean anyMisfit;

  BinaryColumn(ColumnDescriptor descriptor, ParquetFile file, int[] ids) {
    super(descriptor, file, ids);
    this.values = new Object[ids.length];
    this.conversion = Arrays::copyOfRange;
    this.fixedLength =
        switch (descriptor.getPrimitiveType().getPrimitiveTypeName()) {
          case FIXED_LEN_BYTE_ARRAY -> descriptor.getPrimitiveType().getTypeLength();
          case INT96 -> INT96_BYTES;
          case BINARY -> -1;
          case INT32, INT64, FLOAT, DOUBLE, BOOLEAN ->
              throw new IllegalArgumentException("no bytes: " + descriptor);
        };
  }

  /// Sets how objects are made; to be called before the first read.
  void convertWith(FromBytes conversion) {
    this.conversion = conversion;
  }

  @Override
  int leastBytes() {
    return fixedLength < 0 ? Integer.BYTES : Math.max(1, fixedLength);
  }

  @Override
  void dictionary(byte[] bytes, int limit, int count) {
    dictionaryBytes = Arrays.copyOf(bytes, limit);
    starts = new int[count + 1];
    made = new Object[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      starts[i] = at;
      at += fixedLength >= 0 ? fixedLength : 4 + Bytes.intAt(bytes, at);
    }
    starts[count] = at;
  }

  @Override
  void plain(int at, int count) {
    for (int i = 0; i < count; i++) {
      int length = fixedLength;
      if (length < 0) {
        length = Bytes.intAt(data, next);
        next += 4;
      }
      if (length < 0 || length > end - next) {
        throw new IndexOutOfBoundsException("a value of " + length + " bytes");
      }
      values[at + i] = make(data, next, length);
      next += length;
    }
  }

  @Override
  void gather(int[] ids, int at, int count) {
    for (int i = 0; i < count; i++) {
      Object value = made[ids[i]];
      if (value == null) {
        value = entry(ids[i]);
      } else if (value instanceof Misfit) {
        anyMisfit = true;
      }
      values[at + i] = value;
    }
  }

  private Object entry(int id) {
    int from = starts[id] + (fixedLength >= 0 ? 0 : 4);
    Object value = make(dictionaryBytes, from, starts[id + 1] - from);
    // byte arrays can be changed by whoever gets them: each row has its own
    made[id] = value instanceof byte[] ? null : value;
    return value;
  }

  @Override
  void other(ValuesReader from, int at, int count) {
    for (int i = 0; i < count; i++) {
      byte[] bytes = from.readBytes().getBytesUnsafe();
      values[at + i] = make(bytes, 0, bytes.length);
    }
  }

  private Object make(byte[] bytes, int from, int length) {
    try {
      return conversion.make(bytes, from, from + length);
    } catch (RuntimeException e) {
      anyMisfit = true;
      return new Misfit(String.valueOf(e.getMessage()));
    }
  }

  @Override
  void spread(int at, int count, int present) {
    int from = at + present;
    for (int row = at + count - 1; row >= at; row--) {
      values[row] = absent[row] ? null : values[--from];
    }
  }
}
