package dev.penstock.files.parquet;

import dev.penstock.data.Column;
import dev.penstock.data.DataType;
import dev.penstock.data.RecordType;
import dev.penstock.data.Row;
import dev.penstock.data.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/// Reads the rows of a file as records, a batch at a time; only the columns that the records have
/// are read. Used by one thread.
///
/// @param <T> the record type, or [Row]
public final class RowReader<T> {
  /// So many that work done once a batch does not show, so few that a batch of 20 columns stays in
  /// the cache.
  private static final int BATCH_ROWS = 1_024;

  private final Batch batch;
  private final BatchReader batches;
  private final Making<T> making;
  private final @Nullable RowTest test;
  private int[] selected = new int[0];

  /// Makes a record of the row that the batch was moved to.
  @FunctionalInterface
  private interface Making<T> {
    T make(Batch batch);
  }

  private RowReader(
      ParquetFile file, Schema wanted, String reader, Making<T> making, @Nullable Condition where)
      throws ColumnMismatch {
    this.making = making;
    Schema tested = RowTest.columns(file, where);
    this.batch = new Batch(wanted.size() + tested.size(), BATCH_ROWS);
    int[] ids = new int[BATCH_ROWS];
    List<Part> parts = new ArrayList<>(Plan.of(file, wanted, reader, batch, 0, ids));
    parts.addAll(Plan.of(file, tested, "the filter", batch, wanted.size(), ids));
    this.test = where == null ? null : RowTest.bind(file, where, tested, wanted.size());
    this.batches = new BatchReader(file, parts, batch, BATCH_ROWS, this::mayMatch);
  }

  /// A reader of records.
  ///
  /// @throws ColumnMismatch when the file lacks columns of the record, or has them in a type that
  ///   does not fit
  public static <T> RowReader<T> of(ParquetFile file, RecordType<T> type, @Nullable Condition where)
      throws ColumnMismatch {
    String reader = "record " + type.type().getSimpleName();
    return new RowReader<>(file, type.schema(), reader, batch -> type.read(batch), where);
  }

  /// A reader of rows with all of the file's columns.
  public static RowReader<Row> ofRows(ParquetFile file, @Nullable Condition where)
      throws ColumnMismatch {
    Schema schema = naturalSchema(file);
    return new RowReader<>(
        file,
        schema,
        "a row",
        batch -> {
          @Nullable Object[] values = new Object[schema.size()];
          Arrays.setAll(values, batch::value);
          return Row.of(schema, values);
        },
        where);
  }

  private static Schema naturalSchema(ParquetFile file) {
    List<Column> columns = new ArrayList<>();
    for (Type type : file.schema().getFields()) {
      DataType natural = FileTypes.naturalOf(type);
      columns.add(Column.of(type.getName(), natural));
    }
    return new Schema(columns);
  }

  private boolean mayMatch(BlockMetaData group) {
    return test == null || test.mayHold(group);
  }

  /// Goes to a row, counted from 0; to be called before the first batch.
  public void seek(long row) throws IOException {
    batches.seek(row);
  }

  /// Reads the next rows.
  ///
  /// @return the numbers within the batch of those that are wanted, possibly none; null at the end
  ///   of the file
  public int @Nullable [] next() throws IOException {
    int rows = batches.next();
    if (rows == 0) {
      return null;
    }
    if (selected.length < rows || test != null) {
      selected = new int[rows];
      Arrays.setAll(selected, i -> i);
    }
    return test == null ? Arrays.copyOf(selected, rows) : matching(test, rows);
  }

  private int[] matching(RowTest test, int rows) {
    int count = 0;
    for (int i = 0; i < rows; i++) {
      batch.moveTo(i);
      if (test.holds(batch)) {
        selected[count++] = i;
      }
    }
    return Arrays.copyOf(selected, count);
  }

  /// The number of the batch's first row in the file, from 0.
  public long batchStart() {
    return batches.batchStart();
  }

  /// Whether rows may be left behind this batch.
  public boolean more() {
    return batches.more();
  }

  /// The record of a row of the batch.
  ///
  /// @throws BadRow when a value does not fit
  public T get(int row) throws BadRow {
    Problem problem = batch.moveTo(row);
    if (problem != null) {
      throw bad(row, problem, null);
    }
    try {
      return making.make(batch);
    } catch (RuntimeException e) {
      throw bad(row, new Problem("", String.valueOf(e.getMessage())), e);
    }
  }

  private BadRow bad(int row, Problem why, @Nullable Throwable cause) {
    return new BadRow(batchStart() + row + 1, why, cause);
  }
}
