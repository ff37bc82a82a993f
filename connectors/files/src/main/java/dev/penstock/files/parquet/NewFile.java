package dev.penstock.files.parquet;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/// A file to be written from its start, through a small buffer.
final class NewFile extends PositionOutputStream implements OutputFile {
  private static final int BUFFER = 64 * 1024;

  private final String name;
  private final OutputStream to;
  private final byte[] buffer = new byte[BUFFER];
  private int filled;
  private long written;

  NewFile(String name, OutputStream to) {
    this.name = name;
    this.to = to;
  }

  @Override
  public PositionOutputStream create(long blockSize) {
    return this;
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSize) {
    return this;
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public String getPath() {
    return name;
  }

  long position() {
    return written + filled;
  }

  @Override
  public long getPos() {
    return position();
  }

  @Override
  public void write(int value) throws IOException {
    if (filled == BUFFER) {
      flush();
    }
    buffer[filled++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > BUFFER - filled) {
      flush();
    }
    if (length > BUFFER) {
      to.write(bytes, offset, length);
      written += length;
    } else {
      System.arraycopy(bytes, offset, buffer, filled, length);
      filled += length;
    }
  }

  @Override
  public void flush() throws IOException {
    to.write(buffer, 0, filled);
    written += filled;
    filled = 0;
  }

  /// Leaves the stream open, and what is in the buffer unwritten.
  @Override
  public void close() {}
}
