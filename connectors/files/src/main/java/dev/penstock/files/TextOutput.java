package dev.penstock.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// The bytes of a new text file, compressed on their way; counts those that reach the file.
final class TextOutput extends OutputStream {
  private static final int BUFFER = 64 * 1024;

  private final Counting file;
  private final OutputStream out;

  private TextOutput(Counting file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  static TextOutput create(OutputStream to, Compression compression) throws IOException {
    Counting file = new Counting(to);
    return new TextOutput(file, new BufferedOutputStream(compression.compress(file), BUFFER));
  }

  /// How many bytes have reached the file; some 100 KiB may be on their way.
  long bytes() {
    return file.count;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  /// Writes what is still on its way, and the end of the compressed data.
  @Override
  public void close() throws IOException {
    out.close();
  }

  private static final class Counting extends OutputStream {
    private final OutputStream file;
    private long count;

    Counting(OutputStream file) {
      this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
      file.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      file.write(bytes, offset, length);
      count += length;
    }

    @Override
    public void flush() throws IOException {
      file.flush();
    }

    /// Leaves the file open: whoever opened it says whether it is whole.
    @Override
    public void close() throws IOException {
      file.flush();
    }
  }
}
