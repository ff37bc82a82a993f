package dev.penstock.files;

import dev.penstock.data.JsonCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// Writes one file of JSON Lines.
final class JsonLinesFileWriter<T> implements RecordFileWriter<T> {
  private final JsonCodec<T> codec;
  private final TextOutput out;

  /// A line is written when it is complete: a record that fails leaves nothing behind.
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  JsonLinesFileWriter(JsonCodec<T> codec, TextOutput out) {
    this.codec = codec;
    this.out = out;
  }

  @Override
  public void write(T record) throws IOException {
    line.reset();
    codec.write(record, line);
    line.write('\n');
    line.writeTo(out);
  }

  @Override
  public long bytes() {
    return out.bytes();
  }

  @Override
  public void finish() throws IOException {
    out.close();
  }

  @Override
  public void close() throws IOException {
    out.abandon();
  }
}
