package dev.penstock.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// A stream that knows whether it is in the middle of a line.
final class LineTracking extends FilterOutputStream {
  private volatile boolean lineBegun;

  LineTracking(OutputStream out) {
    super(out);
  }

  boolean lineBegun() {
    return lineBegun;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    lineBegun = b != '\n';
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    if (length > 0) {
      lineBegun = bytes[offset + length - 1] != '\n';
    }
  }
}
