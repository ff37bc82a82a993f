package dev.penstock.server.web;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/// Where what goes on for long is written: it ends when whoever listens may not have it any more.
final class StillAllowed extends FilterOutputStream {
  private final Runnable admit;
  private final long pause;
  private long asked = System.nanoTime();

  /// @param admit refuses whoever listens
  /// @param pause how long nobody asks again
  StillAllowed(OutputStream out, Runnable admit, Duration pause) {
    super(out);
    this.admit = admit;
    this.pause = pause.toNanos();
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
  }

  @Override
  public void flush() throws IOException {
    if (System.nanoTime() - asked >= pause) {
      ask();
    }
    out.flush();
  }

  private void ask() throws IOException {
    try {
      admit.run();
      asked = System.nanoTime();
    } catch (Refused e) {
      throw new IOException(e);
    }
  }
}
