package dev.penstock.files.parquet;

import dev.penstock.data.Column;
import dev.penstock.data.DataType.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.files.parquet.Condition.And;
import dev.penstock.files.parquet.Condition.Comparison;
import dev.penstock.files.parquet.Condition.Or;
import dev.penstock.files.parquet.Condition.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/// A [Condition] bound to the columns of one file.
final class RowTest {
  /// A condition, bound.
  private sealed interface Bound {
    boolean holds(Batch batch);

    boolean mayHold(BlockMetaData group);
  }

  private record Every(List<Bound> all) implements Bound {
    @Override
    public boolean holds(Batch batch) {
      for (Bound bound : all) {
        if (!bound.holds(batch)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean mayHold(BlockMetaData group) {
      return all.stream().allMatch(bound -> bound.mayHold(group));
    }
  }

  private record Some(List<Bound> any) implements Bound {
    @Override
    public boolean holds(Batch batch) {
      for (Bound bound : any) {
        if (bound.holds(batch)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean mayHold(BlockMetaData group) {
      return any.stream().anyMatch(bound -> bound.mayHold(group));
    }
  }

  private record Present(int slot, int leaf, boolean wanted) implements Bound {
    @Override
    public boolean holds(Batch batch) {
      return batch.isNull(slot) != wanted;
    }

    @Override
    public boolean mayHold(BlockMetaData group) {
      ColumnChunkMetaData chunk = group.getColumns().get(leaf);
      Statistics<?> statistics = chunk.getStatistics();
      if (statistics == null || !statistics.isNumNullsSet()) {
        return true;
      }
      return wanted
          ? statistics.getNumNulls() < chunk.getValueCount()
          : statistics.getNumNulls() > 0;
    }
  }

  private record Compared(
      int slot, int leaf, Comparison condition, Constant constant, Function<Object, Object> value)
      implements Bound {
    @Override
    public boolean holds(Batch batch) {
      Object with = batch.value(slot);
      return (with == null || Constant.isNaN(with))
          ? condition.orAbsent()
          : condition.operator().holds(constant.compare(with));
    }

    @Override
    public boolean mayHold(BlockMetaData group) {
      Statistics<?> statistics = group.getColumns().get(leaf).getStatistics();
      if (statistics == null
          || !statistics.hasNonNullValue()
          || (condition.orAbsent() && mayBeAbsent(statistics))) {
        return true;
      }
      try {
        Object low = value.apply(statistics.genericGetMin());
        Object high = value.apply(statistics.genericGetMax());
        return Constant.isNaN(low)
            || Constant.isNaN(high)
            || condition.operator().mayHold(constant.compare(low), constant.compare(high));
      } catch (RuntimeException e) {
        return true; // a bound that was cut in the middle of a character says nothing
      }
    }

    /// NaNs are not counted by statistics.
    private static boolean mayBeAbsent(Statistics<?> statistics) {
      return !statistics.isNumNullsSet()
          || statistics.getNumNulls() > 0
          || switch (statistics.type().getPrimitiveTypeName()) {
            case FLOAT, DOUBLE -> true;
            case INT32, INT64, INT96, BOOLEAN, BINARY -> false;
            case FIXED_LEN_BYTE_ARRAY -> true; // may be half-precision numbers
          };
    }
  }

  private final Bound bound;

  private RowTest(Bound bound) {
    this.bound = bound;
  }

  /// The columns that a condition needs, in the types that they have in the file.
  static Schema columns(ParquetFile file, @Nullable Condition condition) {
    List<Column> columns = new ArrayList<>();
    if (condition != null) {
      for (String name : condition.columns()) {
        boolean flat =
            file.schema().containsField(name)
                && file.schema().getType(name).isPrimitive()
                && file.schema().getMaxRepetitionLevel(name) == 0;
        columns.add(
            Column.of(
                name,
                flat
                    ? FileTypes.natural(file.schema().getType(name).asPrimitiveType())
                    : Scalar.BOOLEAN));
      }
    }
    return new Schema(columns);
  }

  /// Binds a condition to the slots of a batch, by the names of columns.
  static RowTest bind(ParquetFile file, Condition condition, Schema columns, int firstSlot)
      throws ColumnMismatch {
    List<String> problems = new ArrayList<>();
    Bound bound = bind(file, condition, columns, firstSlot, problems);
    if (!problems.isEmpty()) {
      throw new ColumnMismatch(
          file.name() + " does not fit the filter:\n  " + String.join("\n  ", problems), problems);
    }
    return new RowTest(bound);
  }

  private static Bound bind(
      ParquetFile file, Condition condition, Schema columns, int first, List<String> problems) {
    return switch (condition) {
      case And(List<Condition> all) ->
          new Every(all.stream().map(c -> bind(file, c, columns, first, problems)).toList());
      case Or(List<Condition> any) ->
          new Some(any.stream().map(c -> bind(file, c, columns, first, problems)).toList());
      case Presence(String name, boolean wanted) ->
          new Present(first + columns.indexOf(name), leaf(file, name), wanted);
      case Comparison comparison -> compared(file, comparison, columns, first, problems);
    };
  }

  private static Bound compared(
      ParquetFile file, Comparison comparison, Schema columns, int first, List<String> problems) {
    int index = columns.indexOf(comparison.column());
    Column column = columns.column(index);
    Constant constant = new Constant(comparison.value());
    if (!constant.compares(column.type().javaType())) {
      problems.add(
          "column \"%s\" is %s, it is compared with the %s %s"
              .formatted(
                  column.name(),
                  column.type().describe(),
                  comparison.value().getClass().getSimpleName(),
                  comparison.value()));
    }
    PrimitiveType type = file.schema().getType(column.name()).asPrimitiveType();
    return new Compared(
        first + index,
        leaf(file, column.name()),
        comparison,
        constant,
        physical -> StatisticValue.of(type, column.type(), physical));
  }

  private static int leaf(ParquetFile file, String name) {
    return Plan.leaf(file.schema(), file.schema().getColumnDescription(new String[] {name}));
  }

  /// Whether the row that the batch was moved to is wanted.
  boolean holds(Batch batch) {
    return bound.holds(batch);
  }

  /// Whether any row of a row group may be wanted.
  boolean mayHold(BlockMetaData group) {
    return bound.mayHold(group);
  }
}
