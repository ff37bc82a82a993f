package dev.penstock.objects;

import java.io.IOException;
import java.io.OutputStream;

/// An object in the making. Closing it without [#stage] takes everything back. Used by one thread.
public abstract class Upload extends OutputStream {

  /// How many bytes were written.
  public abstract long bytes();

  /// Returns when everything is safe in the store, seen by nobody. Nothing can be written after it.
  public abstract StagedObject stage() throws IOException;

  @Override
  public final void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public abstract void write(byte[] bytes, int offset, int length) throws IOException;

  @Override
  public abstract void close() throws IOException;
}
