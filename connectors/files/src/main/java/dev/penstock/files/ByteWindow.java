package dev.penstock.files;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/// A window that moves over the bytes of a text file: what a reader has not consumed yet lies
/// between `start` and `limit` of one array. The fields are open to the loops of tokenizers, which
/// are the innermost of all.
final class ByteWindow implements Closeable {
  private static final int INITIAL = 256 * 1024;

  /// What a record may take at most: where none ends, the file has no lines.
  private static final int MOST = 64 * 1024 * 1024;

  private final TextInput in;
  byte[] bytes = new byte[INITIAL];
  int start;
  int limit;

  /// Whether nothing comes after `limit`.
  boolean ended;

  /// Where in the text `bytes[0]` stands.
  private long origin;

  ByteWindow(TextInput in, long origin) {
    this.in = in;
    this.origin = origin;
  }

  /// Where in the text the byte at this index stands.
  long offset(int index) {
    return origin + index;
  }

  /// Moves what is not consumed to the front, and reads until the array is full or the text ends.
  /// Grows the array if nothing was consumed.
  ///
  /// @throws IOException when the text cannot be read, or no record ends in 64 MiB
  void fill() throws IOException {
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, limit - start);
      origin += start;
      limit -= start;
      start = 0;
    } else if (limit == bytes.length) {
      if (bytes.length >= MOST) {
        throw new IOException(
            "no record ends within 64 MiB from byte "
                + origin
                + " on: is it text with a record in each line?");
      }
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    while (!ended && limit < bytes.length) {
      int read = in.read(bytes, limit, bytes.length - limit);
      if (read < 0) {
        ended = true;
      } else {
        limit += read;
      }
    }
  }

  /// The same, for a reader that is in the midst of this file.
  ///
  /// @throws BadFile when it cannot be read on
  void fill(DataFile file) throws BadFile {
    try {
      fill();
    } catch (IOException e) {
      throw new BadFile("cannot read on in " + file.shown() + ": " + TextInput.reason(e), e);
    }
  }

  /// Consumes a byte-order mark at the start of the text.
  void skipByteOrderMark() throws IOException {
    fill();
    boolean marked =
        limit - start >= 3
            && bytes[start] == (byte) 0xEF
            && bytes[start + 1] == (byte) 0xBB
            && bytes[start + 2] == (byte) 0xBF;
    if (marked) {
      start += 3;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
