package dev.penstock.files;

import dev.penstock.data.RecordType;
import dev.penstock.files.parquet.RowWriter;
import dev.penstock.files.parquet.WriteSettings;
import java.io.IOException;
import java.io.OutputStream;

/// Writes records of a class as Parquet.
record ParquetWriting<T>(Class<T> type, WriteSettings settings) implements FileFormat<T> {
  ParquetWriting {
    var _ = RecordType.of(type); // refuses what cannot be written, at the call that names it
  }

  @Override
  public String name() {
    return "Parquet";
  }

  @Override
  public String extension() {
    return "parquet";
  }

  @Override
  public RecordFileWriter<T> create(OutputStream file) throws IOException {
    return new ParquetFileWriter<>(RowWriter.create(file, RecordType.of(type), settings));
  }
}
