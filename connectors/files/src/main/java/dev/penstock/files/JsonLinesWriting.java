package dev.penstock.files;

import dev.penstock.data.JsonCodec;
import java.io.IOException;
import java.io.OutputStream;

/// Writes records of a class, or rows, as JSON Lines.
record JsonLinesWriting<T>(Class<T> type, Compression compression) implements FileFormat<T> {
  JsonLinesWriting {
    JsonCodec.of(type); // refuses what cannot be written, at the call that names it
  }

  @Override
  public String name() {
    return "JsonLines";
  }

  @Override
  public String extension() {
    return "jsonl";
  }

  @Override
  public RecordFileWriter<T> create(OutputStream file) throws IOException {
    return new JsonLinesFileWriter<>(JsonCodec.of(type), TextOutput.create(file, compression));
  }
}
