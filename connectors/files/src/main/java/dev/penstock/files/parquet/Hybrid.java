package dev.penstock.files.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A reader of the hybrid of run lengths and packed bits in which Parquet keeps levels and
/// dictionary ids. Stateful: each read goes on where the last one ended. The buffer must have
/// [#PADDING] readable bytes behind the encoded ones.
final class Hybrid {
  /// A value is unpacked by one load of eight bytes, which may reach past the last encoded byte.
  static final int PADDING = 8;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] buffer = new byte[0];
  private int position;
  private int width;
  private int runLeft;
  private boolean packed;
  private int runValue;
  private long bit;

  /// Starts at `offset` of `buffer` with values of `width` bits, 0 to 32.
  void start(byte[] buffer, int offset, int width) {
    if (width < 0 || width > 32) {
      throw new IllegalArgumentException("bit width must be 0 to 32, was " + width);
    }
    this.buffer = buffer;
    this.position = offset;
    this.width = width;
    this.runLeft = 0;
  }

  /// Reads `count` values into `to`.
  void read(int[] to, int at, int count) {
    if (width == 0) {
      Arrays.fill(to, at, at + count, 0);
      return;
    }
    int end = at + count;
    while (at < end) {
      if (runLeft == 0) {
        nextRun();
      }
      int n = Math.min(runLeft, end - at);
      if (packed) {
        unpack(to, at, n);
      } else {
        Arrays.fill(to, at, at + n, runValue);
      }
      runLeft -= n;
      at += n;
    }
  }

  /// Reads `count` levels of one bit: sets in `absent` where the level is 0 and answers how many
  /// are 1.
  int readPresence(boolean[] absent, int at, int count) {
    int end = at + count;
    int present = 0;
    while (at < end) {
      if (runLeft == 0) {
        nextRun();
      }
      int n = Math.min(runLeft, end - at);
      if (packed) {
        for (int i = 0; i < n; i++) {
          int one = (buffer[(int) (bit >>> 3)] >>> (int) (bit & 7)) & 1;
          bit++;
          absent[at + i] = one == 0;
          present += one;
        }
      } else {
        Arrays.fill(absent, at, at + n, runValue == 0);
        present += runValue == 0 ? 0 : n;
      }
      runLeft -= n;
      at += n;
    }
    return present;
  }

  private void unpack(int[] to, int at, int count) {
    byte[] from = buffer;
    long next = bit;
    int step = width;
    long mask = (1L << step) - 1;
    for (int i = 0; i < count; i++) {
      long eight = (long) LONG.get(from, (int) (next >>> 3));
      to[at + i] = (int) ((eight >>> (next & 7)) & mask);
      next += step;
    }
    bit = next;
  }

  private void nextRun() {
    int header = 0;
    int shift = 0;
    byte part;
    do {
      part = buffer[position++];
      header |= (part & 0x7f) << shift;
      shift += 7;
    } while (part < 0);
    packed = (header & 1) != 0;
    int length = header >>> 1;
    if (length == 0) {
      throw new IllegalStateException("a run of length 0");
    }
    if (packed) {
      runLeft = Math.multiplyExact(length, 8);
      bit = (long) position << 3;
      position = Math.addExact(position, Math.multiplyExact(length, width));
    } else {
      runLeft = length;
      runValue = 0;
      for (int i = 0; i < (width + 7) >>> 3; i++) {
        runValue |= (buffer[position++] & 0xff) << (i << 3);
      }
    }
  }
}
