package dev.penstock.files;

import dev.penstock.data.RecordType;
import dev.penstock.data.Row;
import dev.penstock.files.parquet.ColumnMismatch;
import dev.penstock.files.parquet.Condition;
import dev.penstock.files.parquet.ParquetFile;
import dev.penstock.files.parquet.RowReader;
import dev.penstock.files.parquet.UnreadableFile;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads Parquet files into records, or into [Row]s.
///
/// @param where which rows; all when null
record ParquetReading<T>(Class<T> type, @Nullable Condition where) implements FileReading<T> {

  @Override
  public String name() {
    return "Parquet";
  }

  /// How many rows a file has, from its footer.
  static long rows(DataFile file) throws IOException {
    try (ParquetFile open = openFile(file)) {
      return open.rows();
    }
  }

  private static ParquetFile openFile(DataFile file) throws IOException {
    try {
      return ParquetFile.open(file.open(), file.shown());
    } catch (UnreadableFile e) {
      throw new BadFile(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public RecordFileReader<T> open(DataFile file, Split split, Optional<Position> from)
      throws IOException {
    ParquetFile open = openFile(file);
    try {
      RowReader<T> rows = rows(open);
      if (from.isPresent()) {
        rows.seek(RowPosition.row(from.get(), file, open.rows()));
      }
      return new ParquetRows<>(file, split, open, rows);
    } catch (ColumnMismatch | UnreadableFile e) {
      open.close();
      throw new BadFile(String.valueOf(e.getMessage()), e);
    } catch (Throwable e) {
      open.close();
      throw e;
    }
  }

  @SuppressWarnings("unchecked") // the type of a source of rows is Row
  private RowReader<T> rows(ParquetFile file) throws ColumnMismatch {
    return type == Row.class
        ? (RowReader<T>) RowReader.ofRows(file, where)
        : RowReader.of(file, RecordType.of(type), where);
  }
}
