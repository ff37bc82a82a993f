package dev.penstock.files.parquet;

import dev.penstock.data.Column;
import dev.penstock.data.DataType;
import dev.penstock.data.FieldSink;
import dev.penstock.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/// Some records, taken apart into columns, before they are encoded column by column. A record that
/// fails half-way leaves nothing behind.
final class RecordBuffer implements FieldSink {
  static final int CAPACITY = 1_024;

  private final MessageType file;
  private final List<Field> fields = new ArrayList<>();
  private final boolean[][] absent;
  private final boolean[][] booleans;
  private final int[][] ints;
  private final long[][] longs;
  private final float[][] floats;
  private final double[][] doubles;
  private final Binary[][] bytes;
  private int row;

  /// A column of the record.
  ///
  /// @param leaf the first of its columns in the file
  /// @param flat null when it is nested
  /// @param shred null when it is flat
  private record Field(
      Column column,
      int leaf,
      @Nullable Physical flat,
      @Nullable Shred shred,
      List<Shred.Leaf> leaves) {}

  RecordBuffer(Schema schema, MessageType file) {
    this.file = file;
    int size = schema.size();
    absent = new boolean[size][];
    booleans = new boolean[size][];
    ints = new int[size][];
    longs = new long[size][];
    floats = new float[size][];
    doubles = new double[size][];
    bytes = new Binary[size][];
    int leaf = 0;
    for (int i = 0; i < size; i++) {
      Field field = field(schema.column(i), leaf);
      fields.add(field);
      leaf += field.flat == null ? field.leaves.size() : 1;
      allocate(i, field.flat);
    }
  }

  private static Field field(Column column, int leaf) {
    boolean nested =
        column.type() instanceof DataType.Nested
            || column.type() instanceof DataType.ListOf
            || column.type() instanceof DataType.MapOf;
    if (!nested) {
      return new Field(column, leaf, Physical.of(column.type()), null, List.of());
    }
    List<Shred.Leaf> leaves = new ArrayList<>();
    Shred shred = Shred.of(column.type(), column.nullable(), 0, leaves);
    return new Field(column, leaf, null, shred, leaves);
  }

  private void allocate(int i, @Nullable Physical flat) {
    absent[i] = new boolean[CAPACITY];
    if (flat == null) {
      return;
    }
    switch (flat.kind()) {
      case BOOLEAN -> booleans[i] = new boolean[CAPACITY];
      case BYTE, SHORT, INT -> ints[i] = new int[CAPACITY];
      case LONG -> longs[i] = new long[CAPACITY];
      case FLOAT -> floats[i] = new float[CAPACITY];
      case DOUBLE -> doubles[i] = new double[CAPACITY];
      case OBJECT -> bytes[i] = new Binary[CAPACITY];
    }
  }

  /// How many records are complete.
  int rows() {
    return row;
  }

  boolean full() {
    return row == CAPACITY;
  }

  /// Keeps the record whose fields were put.
  void endRecord() {
    row++;
  }

  /// Forgets the fields that were put since the last record ended.
  void undo() {
    for (Field field : fields) {
      for (Shred.Leaf leaf : field.leaves) {
        List<Shred.Entry> entries = leaf.entries();
        int records = 0;
        int keep = 0;
        while (keep < entries.size() && (entries.get(keep).repetition() != 0 || records++ < row)) {
          keep++;
        }
        entries.subList(keep, entries.size()).clear();
      }
    }
  }

  /// Encodes the records that are here, and forgets them.
  void drainTo(ColumnWriteStore store) {
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      if (field.flat == null) {
        drainNested(field, store);
      } else {
        ColumnDescriptor descriptor = file.getColumns().get(field.leaf);
        drain(i, field.flat, store.getColumnWriter(descriptor), descriptor.getMaxDefinitionLevel());
      }
    }
    for (int i = 0; i < row; i++) {
      store.endRecord();
    }
    row = 0;
  }

  private void drain(int i, Physical flat, ColumnWriter to, int present) {
    boolean[] none = absent[i];
    switch (flat.kind()) {
      case BOOLEAN -> drain(none, to, r -> to.write(booleans[i][r], 0, present));
      case BYTE, SHORT, INT -> drain(none, ints[i], to, present);
      case LONG -> drain(none, longs[i], to, present);
      case FLOAT -> drain(none, to, r -> to.write(floats[i][r], 0, present));
      case DOUBLE -> drain(none, doubles[i], to, present);
      case OBJECT -> drain(none, to, r -> to.write(bytes[i][r], 0, present));
    }
  }

  private void drain(boolean[] none, ColumnWriter to, IntConsumer write) {
    for (int r = 0; r < row; r++) {
      if (none[r]) {
        to.writeNull(0, 0);
      } else {
        write.accept(r);
      }
    }
  }

  // the most frequent types have loops of their own, without a call of unknown target in them

  private void drain(boolean[] none, int[] values, ColumnWriter to, int present) {
    for (int r = 0; r < row; r++) {
      if (none[r]) {
        to.writeNull(0, 0);
      } else {
        to.write(values[r], 0, present);
      }
    }
  }

  private void drain(boolean[] none, long[] values, ColumnWriter to, int present) {
    for (int r = 0; r < row; r++) {
      if (none[r]) {
        to.writeNull(0, 0);
      } else {
        to.write(values[r], 0, present);
      }
    }
  }

  private void drain(boolean[] none, double[] values, ColumnWriter to, int present) {
    for (int r = 0; r < row; r++) {
      if (none[r]) {
        to.writeNull(0, 0);
      } else {
        to.write(values[r], 0, present);
      }
    }
  }

  private void drainNested(Field field, ColumnWriteStore store) {
    for (int l = 0; l < field.leaves.size(); l++) {
      Shred.Leaf leaf = field.leaves.get(l);
      ColumnWriter to = store.getColumnWriter(file.getColumns().get(field.leaf + l));
      for (Shred.Entry entry : leaf.entries()) {
        drain(leaf.physical().kind(), entry, to);
      }
      leaf.entries().clear();
    }
  }

  private static void drain(Batch.Kind kind, Shred.Entry entry, ColumnWriter to) {
    Object value = entry.value();
    int repetition = entry.repetition();
    int definition = entry.definition();
    if (value == null) {
      to.writeNull(repetition, definition);
      return;
    }
    if (value instanceof Binary binary) {
      to.write(binary, repetition, definition);
      return;
    }
    long number = (Long) value;
    switch (kind) {
      case BOOLEAN -> to.write(number != 0, repetition, definition);
      case BYTE, SHORT, INT -> to.write((int) number, repetition, definition);
      case LONG -> to.write(number, repetition, definition);
      case FLOAT -> to.write(Float.intBitsToFloat((int) number), repetition, definition);
      case DOUBLE -> to.write(Double.longBitsToDouble(number), repetition, definition);
      case OBJECT -> throw new IllegalStateException("bytes, not a number");
    }
  }

  @Override
  public void putNull(int column) {
    Shred shred = fields.get(column).shred;
    if (shred == null) {
      absent[column][row] = true;
    } else {
      shred.write(null, 0, 0);
    }
  }

  @Override
  public void putBoolean(int column, boolean value) {
    absent[column][row] = false;
    booleans[column][row] = value;
  }

  @Override
  public void putByte(int column, byte value) {
    putInt(column, value);
  }

  @Override
  public void putShort(int column, short value) {
    putInt(column, value);
  }

  @Override
  public void putInt(int column, int value) {
    absent[column][row] = false;
    ints[column][row] = value;
  }

  @Override
  public void putLong(int column, long value) {
    absent[column][row] = false;
    longs[column][row] = value;
  }

  @Override
  public void putFloat(int column, float value) {
    absent[column][row] = false;
    floats[column][row] = value;
  }

  @Override
  public void putDouble(int column, double value) {
    absent[column][row] = false;
    doubles[column][row] = value;
  }

  @Override
  public void putObject(int column, Object value) {
    Field field = fields.get(column);
    try {
      put(column, field, value);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "column \"%s\" (component %s): %s"
              .formatted(field.column.name(), field.column.component(), e.getMessage()),
          e);
    }
  }

  private void put(int column, Field field, Object value) {
    Physical flat = field.flat;
    if (flat == null) {
      if (field.shred != null) {
        field.shred.write(value, 0, 0);
      }
      return;
    }
    absent[column][row] = false;
    switch (flat.kind()) {
      case BYTE, SHORT, INT -> ints[column][row] = (int) flat.number().applyAsLong(value);
      case LONG -> longs[column][row] = flat.number().applyAsLong(value);
      case OBJECT -> bytes[column][row] = flat.bytes().apply(value);
      case BOOLEAN, FLOAT, DOUBLE -> throw new IllegalStateException("put as a primitive");
    }
  }
}
