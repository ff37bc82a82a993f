package dev.penstock.files;

import dev.penstock.data.RecordType;
import dev.penstock.data.Row;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.util.Optional;

/// Reads CSV files into records of a class, or rows.
record CsvReading<T>(Class<T> type, CsvFormat format) implements FileReading<T> {
  CsvReading {
    if (type != Row.class) {
      RecordType.of(type); // refuses what cannot be read, at the call that names it
    }
  }

  @Override
  public String name() {
    return "Csv";
  }

  @Override
  public RecordFileReader<T> open(DataFile file, Split split, Optional<Position> from)
      throws IOException {
    return new CsvFileReader<>(file, split, from, this);
  }
}
