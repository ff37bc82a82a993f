package dev.penstock.files.parquet;

import dev.penstock.data.DataType;
import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Enumeration;
import dev.penstock.data.DataType.ListOf;
import dev.penstock.data.DataType.MapOf;
import dev.penstock.data.DataType.Nested;
import dev.penstock.data.DataType.Scalar;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/// Fills one slot of a [Batch] from what its column decoded. Where the column's own array has the
/// wanted type already, nothing is moved.
@FunctionalInterface
interface Fill {
  void rows(int count);

  /// The way from a column to a slot; null when no value of the column's type fits the wanted one.
  static @Nullable Fill of(FlatColumn column, DataType to, Batch batch, int slot) {
    PrimitiveType from = column.descriptor().getPrimitiveType();
    return switch (to) {
      case Scalar.BOOLEAN -> booleans(column, batch, slot);
      case Scalar.BYTE -> ints(column, from, to, Batch.Kind.BYTE, batch, slot);
      case Scalar.SHORT -> ints(column, from, to, Batch.Kind.SHORT, batch, slot);
      case Scalar.INT -> ints(column, from, to, Batch.Kind.INT, batch, slot);
      case Scalar.LONG -> longs(column, from, batch, slot);
      case Scalar.FLOAT -> floats(column, from, batch, slot);
      case Scalar.DOUBLE -> doubles(column, from, batch, slot);
      case Scalar _, Decimal _, Enumeration _ -> objects(column, from, to, batch, slot);
      case Nested _, ListOf _, MapOf _ -> null;
    };
  }

  private static @Nullable Fill booleans(FlatColumn column, Batch batch, int slot) {
    if (column instanceof BooleanColumn c) {
      batch.bind(slot, c.absent, c.values);
      return _ -> {};
    }
    return null;
  }

  private static @Nullable Fill ints(
      FlatColumn column, PrimitiveType from, DataType to, Batch.Kind kind, Batch batch, int slot) {
    Conversions.Range range = Conversions.Range.of((Scalar) to);
    if (column instanceof IntColumn c && FileTypes.isInteger(from)) {
      batch.bind(slot, c.absent, c.values, kind);
      return checked(c, FileTypes.isUnsigned(from), range, batch);
    }
    int[] values = new int[column.absent.length];
    batch.bind(slot, column.absent, values, kind);
    return switch (column) {
      case LongColumn c when FileTypes.isInteger(from) ->
          narrowed(c, FileTypes.isUnsigned(from), range, batch, values);
      case DoubleColumn c -> whole(c, range, batch, values);
      case FloatColumn c -> whole(c, range, batch, values);
      case LongColumn _, IntColumn _, BooleanColumn _, BinaryColumn _ -> null;
    };
  }

  private static Fill checked(IntColumn c, boolean unsigned, Conversions.Range range, Batch batch) {
    if (range.type() == Scalar.INT && !unsigned) {
      return _ -> {};
    }
    return n -> {
      for (int i = 0; i < n; i++) {
        long v = unsigned ? Integer.toUnsignedLong(c.values[i]) : c.values[i];
        if (v < range.min() || v > range.max()) {
          refuse(batch, c, i, Long.toString(v), range.wanted());
        }
      }
    };
  }

  private static Fill narrowed(
      LongColumn c, boolean unsigned, Conversions.Range range, Batch batch, int[] values) {
    return n -> {
      for (int i = 0; i < n; i++) {
        long v = c.values[i];
        if (v < range.min() || v > range.max() || (unsigned && v < 0)) {
          String shown = unsigned ? Long.toUnsignedString(v) : Long.toString(v);
          refuse(batch, c, i, shown, range.wanted());
        }
        values[i] = (int) v;
      }
    };
  }

  private static Fill whole(DoubleColumn c, Conversions.Range range, Batch batch, int[] values) {
    return n -> {
      for (int i = 0; i < n; i++) {
        double v = c.values[i];
        int whole = (int) v;
        if (whole != v || whole < range.min() || whole > range.max()) {
          refuse(batch, c, i, Double.toString(v), range.wanted());
        }
        values[i] = whole;
      }
    };
  }

  private static Fill whole(FloatColumn c, Conversions.Range range, Batch batch, int[] values) {
    return n -> {
      for (int i = 0; i < n; i++) {
        float v = c.values[i];
        int whole = (int) v;
        // as doubles: the largest int becomes 2^31 as a float
        if ((double) whole != (double) v || whole < range.min() || whole > range.max()) {
          refuse(batch, c, i, Float.toString(v), range.wanted());
        }
        values[i] = whole;
      }
    };
  }

  private static @Nullable Fill longs(
      FlatColumn column, PrimitiveType from, Batch batch, int slot) {
    if (column instanceof LongColumn c && FileTypes.isInteger(from)) {
      batch.bind(slot, c.absent, c.values);
      if (!FileTypes.isUnsigned(from)) {
        return _ -> {};
      }
      return n -> {
        for (int i = 0; i < n; i++) {
          if (c.values[i] < 0) {
            refuse(batch, c, i, Long.toUnsignedString(c.values[i]), "a long");
          }
        }
      };
    }
    long[] values = new long[column.absent.length];
    batch.bind(slot, column.absent, values);
    if (column instanceof IntColumn c && FileTypes.isInteger(from)) {
      boolean unsigned = FileTypes.isUnsigned(from);
      return n -> {
        for (int i = 0; i < n; i++) {
          values[i] = unsigned ? Integer.toUnsignedLong(c.values[i]) : c.values[i];
        }
      };
    }
    if (column instanceof DoubleColumn c) {
      return n -> {
        for (int i = 0; i < n; i++) {
          if (!Exact.isLong(c.values[i])) {
            refuse(batch, c, i, Double.toString(c.values[i]), "a long");
          }
          values[i] = (long) c.values[i];
        }
      };
    }
    if (column instanceof FloatColumn c) {
      return n -> {
        for (int i = 0; i < n; i++) {
          if (!Exact.isLong(c.values[i])) {
            refuse(batch, c, i, Float.toString(c.values[i]), "a long");
          }
          values[i] = (long) c.values[i];
        }
      };
    }
    return null;
  }

  private static @Nullable Fill floats(
      FlatColumn column, PrimitiveType from, Batch batch, int slot) {
    if (column instanceof FloatColumn c) {
      batch.bind(slot, c.absent, c.values);
      return _ -> {};
    }
    float[] values = new float[column.absent.length];
    batch.bind(slot, column.absent, values);
    return boxed(column, from, Scalar.FLOAT, batch, (row, v) -> values[row] = (Float) v);
  }

  private static @Nullable Fill doubles(
      FlatColumn column, PrimitiveType from, Batch batch, int slot) {
    if (column instanceof DoubleColumn c) {
      batch.bind(slot, c.absent, c.values);
      return _ -> {};
    }
    double[] values = new double[column.absent.length];
    batch.bind(slot, column.absent, values);
    if (column instanceof FloatColumn c) {
      return n -> {
        for (int i = 0; i < n; i++) {
          values[i] = c.values[i];
        }
      };
    }
    return boxed(column, from, Scalar.DOUBLE, batch, (row, v) -> values[row] = (Double) v);
  }

  private static @Nullable Fill objects(
      FlatColumn column, PrimitiveType from, DataType to, Batch batch, int slot) {
    if (column instanceof BinaryColumn c) {
      FromBytes make = Conversions.ofBytes(from, to);
      if (make == null) {
        return null;
      }
      c.convertWith(make);
      batch.bind(slot, c.values);
      return n -> {
        if (c.anyMisfit) {
          for (int i = 0; i < n; i++) {
            if (c.values[i] instanceof Misfit(String why)) {
              batch.problem(i, problem(c, why));
            }
          }
        }
      };
    }
    @Nullable Object[] values = new Object[column.absent.length];
    batch.bind(slot, values);
    Fill present = boxed(column, from, to, batch, (row, v) -> values[row] = v);
    return present == null
        ? null
        : n -> {
          present.rows(n);
          if (column.anyAbsent) {
            for (int i = 0; i < n; i++) {
              values[i] = column.absent[i] ? null : values[i];
            }
          }
        };
  }

  /// Takes a value that was made for a row.
  @FunctionalInterface
  interface Put {
    void put(int row, Object value);
  }

  /// The way through one object a value, for the types that have no bulk way.
  private static @Nullable Fill boxed(
      FlatColumn column, PrimitiveType from, DataType to, Batch batch, Put put) {
    return switch (column) {
      case IntColumn c -> {
        IntFunction<Object> make = Conversions.ofInt(from, to);
        yield make == null ? null : each(c, batch, row -> put.put(row, make.apply(c.values[row])));
      }
      case LongColumn c -> {
        LongFunction<Object> make = Conversions.ofLong(from, to);
        yield make == null ? null : each(c, batch, row -> put.put(row, make.apply(c.values[row])));
      }
      case FloatColumn c -> {
        DoubleFunction<Object> make = Conversions.ofDouble(to, true);
        yield make == null ? null : each(c, batch, row -> put.put(row, make.apply(c.values[row])));
      }
      case DoubleColumn c -> {
        DoubleFunction<Object> make = Conversions.ofDouble(to, false);
        yield make == null ? null : each(c, batch, row -> put.put(row, make.apply(c.values[row])));
      }
      case BinaryColumn c -> {
        FromBytes make = Conversions.ofBytes(from, to);
        if (make == null) {
          yield null;
        }
        c.convertWith(make);
        yield each(c, batch, row -> putMade(put, row, c.values[row]));
      }
      case BooleanColumn _ -> null;
    };
  }

  private static void putMade(Put put, int row, @Nullable Object made) {
    if (made instanceof Misfit(String why)) {
      throw new IllegalArgumentException(why);
    }
    put.put(row, java.util.Objects.requireNonNull(made));
  }

  private static Fill each(FlatColumn column, Batch batch, java.util.function.IntConsumer row) {
    return n -> {
      for (int i = 0; i < n; i++) {
        if (!column.absent[i]) {
          try {
            row.accept(i);
          } catch (RuntimeException e) {
            batch.problem(i, problem(column, String.valueOf(e.getMessage())));
          }
        }
      }
    };
  }

  private static void refuse(Batch batch, FlatColumn column, int row, String value, String wanted) {
    if (!column.absent[row]) {
      batch.problem(row, problem(column, value + " is not " + wanted));
    }
  }

  private static Problem problem(FlatColumn column, String why) {
    return new Problem(String.join(".", column.descriptor().getPath()), why);
  }
}
