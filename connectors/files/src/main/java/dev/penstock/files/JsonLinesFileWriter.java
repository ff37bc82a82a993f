package dev.penstock.files;

import dev.penstock.data.JsonCodec;
import java.io.IOException;
import java.util.Map;

/// Writes one file of JSON Lines.
final class JsonLinesFileWriter<T> implements RecordFileWriter<T> {
  private final JsonCodec<T> codec;
  private final TextOutput out;

  JsonLinesFileWriter(JsonCodec<T> codec, TextOutput out) {
    this.codec = codec;
    this.out = out;
  }

  @Override
  public void write(T record) throws IOException {
    out.write(codec.write(record)); // as a whole: a record that fails leaves nothing behind
    out.write('\n');
  }

  @Override
  public long bytes() {
    return out.bytes();
  }

  @Override
  public void finish(Map<String, String> about) throws IOException {
    out.close();
  }

  @Override
  public void close() {}
}
