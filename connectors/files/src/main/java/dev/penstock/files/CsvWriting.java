package dev.penstock.files;

import dev.penstock.data.RecordType;
import dev.penstock.data.Row;
import java.io.IOException;
import java.io.OutputStream;

/// Writes records of a class, or rows, as CSV files.
record CsvWriting<T>(Class<T> type, CsvFormat format, Compression compression)
    implements FileFormat<T> {
  CsvWriting {
    if (type != Row.class) {
      RecordType.of(type); // refuses what cannot be written, at the call that names it
    }
  }

  @Override
  public String name() {
    return "Csv";
  }

  @Override
  public String extension() {
    return "csv";
  }

  @Override
  public RecordFileWriter<T> create(OutputStream file) throws IOException {
    return new CsvFileWriter<>(
        CsvLines.of(type, format), TextOutput.create(file, compression), format);
  }
}
