package dev.penstock.files.parquet;

/// A decoder of LZ4 blocks: literals and back references, each sequence behind one token byte.
final class Lz4 {
  private static final int MIN_MATCH = 4;

  private Lz4() {}

  /// Decodes `length` bytes of `from` into at most `size` bytes at `at`.
  ///
  /// @return how many bytes came out
  /// @throws IndexOutOfBoundsException when the block is damaged
  static int decompress(byte[] from, int length, byte[] to, int at, int size) {
    int in = 0;
    int out = at;
    int limit = at + size;
    while (in < length) {
      int token = from[in++] & 0xff;
      int literals = token >>> 4;
      if (literals == 15) {
        int more;
        do {
          more = from[in++] & 0xff;
          literals += more;
        } while (more == 255);
      }
      check(literals <= limit - out && literals <= length - in);
      System.arraycopy(from, in, to, out, literals);
      in += literals;
      out += literals;
      if (in == length) {
        break; // the last sequence has literals only
      }
      int distance = (from[in] & 0xff) | (from[in + 1] & 0xff) << 8;
      in += 2;
      int match = token & 15;
      if (match == 15) {
        int more;
        do {
          more = from[in++] & 0xff;
          match += more;
        } while (more == 255);
      }
      match += MIN_MATCH;
      check(distance > 0 && distance <= out - at && match <= limit - out);
      copy(to, out - distance, out, match);
      out += match;
    }
    return out - at;
  }

  /// A match may overlap its own output, which repeats it.
  private static void copy(byte[] bytes, int from, int to, int length) {
    if (to - from >= length) {
      System.arraycopy(bytes, from, bytes, to, length);
    } else {
      for (int i = 0; i < length; i++) {
        bytes[to + i] = bytes[from + i];
      }
    }
  }

  private static void check(boolean sound) {
    if (!sound) {
      throw new IndexOutOfBoundsException("a damaged LZ4 block");
    }
  }
}
