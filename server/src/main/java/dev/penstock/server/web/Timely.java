package dev.penstock.server.web;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/// Fails when what is written is not taken in time.
final class Timely extends FilterOutputStream {
  private final SlowClients slow;
  private final Duration longest;

  Timely(OutputStream out, SlowClients slow, Duration longest) {
    super(out);
    this.slow = slow;
    this.longest = longest;
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    slow.within(longest, () -> out.write(bytes, from, length));
  }

  @Override
  public void flush() throws IOException {
    slow.within(longest, out::flush);
  }

  @Override
  public void close() throws IOException {
    slow.within(longest, out::close);
  }
}
