package dev.penstock.files;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Map;

/// Writes one CSV file.
final class CsvFileWriter<T> implements RecordFileWriter<T> {
  private final CsvLines<T> lines;
  private final TextOutput out;
  private final Charset charset;
  private boolean begun;

  CsvFileWriter(CsvLines<T> lines, TextOutput out, CsvFormat format) {
    this.lines = lines;
    this.out = out;
    this.charset = format.charset();
  }

  @Override
  public void write(T record) throws IOException {
    byte[] line = lines.line(record).getBytes(charset);
    if (!begun) {
      begin();
    }
    out.write(line);
  }

  private void begin() throws IOException {
    begun = true;
    out.write(lines.header().getBytes(charset));
  }

  @Override
  public long bytes() {
    return out.bytes();
  }

  @Override
  public void finish(Map<String, String> about) throws IOException {
    if (!begun) {
      begin();
    }
    out.close();
  }

  @Override
  public void close() {}
}
