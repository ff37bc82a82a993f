package dev.penstock.files.parquet;

import dev.penstock.data.FieldSource;
import org.jspecify.annotations.Nullable;

/// Some decoded rows, column by column; as a [FieldSource], the row that it was moved to. The
/// arrays belong to the columns and are filled anew for each batch.
final class Batch implements FieldSource {
  private static final boolean[] NO_BOOLEANS = {};
  private static final int[] NO_INTS = {};
  private static final long[] NO_LONGS = {};
  private static final float[] NO_FLOATS = {};
  private static final double[] NO_DOUBLES = {};

  /// What a slot's values are kept as.
  enum Kind {
    BOOLEAN,
    BYTE,
    SHORT,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    OBJECT
  }

  private final Kind[] kinds;
  private final boolean[][] absent;
  private final boolean[][] booleans;
  private final int[][] ints;
  private final long[][] longs;
  private final float[][] floats;
  private final double[][] doubles;
  private final @Nullable Object[][] objects;
  private final @Nullable Problem[] problems;
  private boolean anyProblem;
  private int row;

  Batch(int slots, int capacity) {
    this.kinds = new Kind[slots];
    this.absent = new boolean[slots][];
    this.booleans = new boolean[slots][];
    this.ints = new int[slots][];
    this.longs = new long[slots][];
    this.floats = new float[slots][];
    this.doubles = new double[slots][];
    this.objects = new Object[slots][];
    this.problems = new Problem[capacity];
    for (int i = 0; i < slots; i++) {
      kinds[i] = Kind.OBJECT;
      booleans[i] = NO_BOOLEANS;
      ints[i] = NO_INTS;
      longs[i] = NO_LONGS;
      floats[i] = NO_FLOATS;
      doubles[i] = NO_DOUBLES;
      absent[i] = NO_BOOLEANS;
      objects[i] = new Object[0];
    }
  }

  void bind(int slot, boolean[] absent, boolean[] values) {
    kinds[slot] = Kind.BOOLEAN;
    this.absent[slot] = absent;
    booleans[slot] = values;
  }

  /// @param kind BYTE, SHORT or INT
  void bind(int slot, boolean[] absent, int[] values, Kind kind) {
    kinds[slot] = kind;
    this.absent[slot] = absent;
    ints[slot] = values;
  }

  void bind(int slot, boolean[] absent, long[] values) {
    kinds[slot] = Kind.LONG;
    this.absent[slot] = absent;
    longs[slot] = values;
  }

  void bind(int slot, boolean[] absent, float[] values) {
    kinds[slot] = Kind.FLOAT;
    this.absent[slot] = absent;
    floats[slot] = values;
  }

  void bind(int slot, boolean[] absent, double[] values) {
    kinds[slot] = Kind.DOUBLE;
    this.absent[slot] = absent;
    doubles[slot] = values;
  }

  void bind(int slot, @Nullable Object[] values) {
    kinds[slot] = Kind.OBJECT;
    objects[slot] = values;
  }

  /// Forgets the problems of the batch before.
  void clear() {
    if (anyProblem) {
      java.util.Arrays.fill(problems, null);
      anyProblem = false;
    }
  }

  /// Notes that no record can be made of a row; of several reasons the first is kept.
  void problem(int row, Problem why) {
    anyProblem = true;
    if (problems[row] == null) {
      problems[row] = why;
    }
  }

  /// Moves to a row.
  ///
  /// @return null, or why no record can be made of it
  @Nullable Problem moveTo(int row) {
    this.row = row;
    return anyProblem ? problems[row] : null;
  }

  @Override
  public boolean isNull(int column) {
    return kinds[column] == Kind.OBJECT ? objects[column][row] == null : absent[column][row];
  }

  @Override
  public boolean getBoolean(int column) {
    return booleans[column][row];
  }

  @Override
  public byte getByte(int column) {
    return (byte) ints[column][row];
  }

  @Override
  public short getShort(int column) {
    return (short) ints[column][row];
  }

  @Override
  public int getInt(int column) {
    return ints[column][row];
  }

  @Override
  public long getLong(int column) {
    return longs[column][row];
  }

  @Override
  public float getFloat(int column) {
    return floats[column][row];
  }

  @Override
  public double getDouble(int column) {
    return doubles[column][row];
  }

  @Override
  public @Nullable Object getObject(int column) {
    return objects[column][row];
  }

  /// The value of any column, boxed.
  @Nullable Object value(int column) {
    if (isNull(column)) {
      return null;
    }
    return switch (kinds[column]) {
      case BOOLEAN -> (Object) booleans[column][row];
      case BYTE -> (byte) ints[column][row];
      case SHORT -> (short) ints[column][row];
      case INT -> ints[column][row];
      case LONG -> longs[column][row];
      case FLOAT -> floats[column][row];
      case DOUBLE -> doubles[column][row];
      case OBJECT -> objects[column][row];
    };
  }
}
