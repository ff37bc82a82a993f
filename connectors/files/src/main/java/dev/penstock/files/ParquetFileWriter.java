package dev.penstock.files;

import dev.penstock.files.parquet.RowWriter;
import java.io.IOException;
import java.util.Map;

/// Writes one Parquet file.
final class ParquetFileWriter<T> implements RecordFileWriter<T> {
  private final RowWriter<T> rows;

  ParquetFileWriter(RowWriter<T> rows) {
    this.rows = rows;
  }

  @Override
  public void write(T record) throws IOException {
    rows.write(record);
  }

  @Override
  public long bytes() {
    return rows.bytes();
  }

  @Override
  public void finish(Map<String, String> about) throws IOException {
    rows.finish(about);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
