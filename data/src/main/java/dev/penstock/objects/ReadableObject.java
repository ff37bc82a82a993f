package dev.penstock.objects;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// An object that is read, from one end to the other or in parts. One that is replaced meanwhile
/// goes on as it was, or fails; parts of two versions are never mixed.
public interface ReadableObject extends Closeable {

  /// In bytes.
  long size();

  /// What tells this version of the object from others: `etag=…`, `crc=…`.
  String version() throws IOException;

  /// Reads some bytes from a place on into the buffer, as many as it has room for if there are so
  /// many; -1 at the end.
  int read(long at, ByteBuffer to) throws IOException;

  /// The bytes from a place on, for use by one thread; closes nothing but itself.
  InputStream stream(long from) throws IOException;

  /// Fills the buffer.
  ///
  /// @throws EOFException when the object ends before
  default void readFully(long at, ByteBuffer to) throws IOException {
    int start = to.position();
    while (to.hasRemaining()) {
      if (read(at + to.position() - start, to) < 0) {
        throw new EOFException("ended before byte " + (at + to.limit() - start));
      }
    }
  }
}
