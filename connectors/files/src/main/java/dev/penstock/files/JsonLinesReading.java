package dev.penstock.files;

import dev.penstock.data.JsonCodec;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.util.Optional;

/// Reads JSON Lines into records of a class, or rows.
record JsonLinesReading<T>(Class<T> type) implements FileReading<T> {
  JsonLinesReading {
    JsonCodec.of(type); // refuses what cannot be read, at the call that names it
  }

  @Override
  public String name() {
    return "JsonLines";
  }

  @Override
  public RecordFileReader<T> open(DataFile file, Split split, Optional<Position> from)
      throws IOException {
    return new JsonLinesFileReader<>(file, split, from, JsonCodec.of(type));
  }
}
