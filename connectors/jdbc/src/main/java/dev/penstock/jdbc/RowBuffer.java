package dev.penstock.jdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Bytes of rows in network byte order, growing as needed. Each put grows the buffer at most once.
final class RowBuffer {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private byte[] bytes;
  private int position;

  /// Records in the buffer.
  int rows;

  /// The number of the first record in the buffer, of those since the last commit.
  long firstRow;

  RowBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
  }

  void clear(long firstRow) {
    position = 0;
    rows = 0;
    this.firstRow = firstRow;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  /// Takes back what was put after this position.
  void position(int position) {
    this.position = position;
  }

  /// Makes room for so many bytes more.
  void ensure(int more) {
    if (bytes.length - position < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(position, more), bytes.length * 2));
    }
  }

  void putShort(int value) {
    ensure(2);
    SHORT.set(bytes, position, (short) value);
    position += 2;
  }

  void putInt(int value) {
    ensure(4);
    INT.set(bytes, position, value);
    position += 4;
  }

  /// A field of two bytes, its length before it.
  void putField(short value) {
    ensure(6);
    INT.set(bytes, position, 2);
    SHORT.set(bytes, position + 4, value);
    position += 6;
  }

  /// A field of four bytes, its length before it.
  void putField(int value) {
    ensure(8);
    LONG.set(bytes, position, 4L << 32 | value & 0xffff_ffffL);
    position += 8;
  }

  /// A field of eight bytes, its length before it.
  void putField(long value) {
    ensure(12);
    INT.set(bytes, position, 8);
    LONG.set(bytes, position + 4, value);
    position += 12;
  }

  /// A field of one byte, its length before it.
  void putField(byte value) {
    ensure(5);
    INT.set(bytes, position, 1);
    bytes[position + 4] = value;
    position += 5;
  }

  /// Without a length before it.
  void putRawLong(long value) {
    ensure(8);
    LONG.set(bytes, position, value);
    position += 8;
  }

  void putRaw(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, bytes, position, value.length);
    position += value.length;
  }

  void putRaw(byte value) {
    ensure(1);
    bytes[position++] = value;
  }

  /// The text in UTF-8, without a length before it.
  ///
  /// @return null, or what is wrong with the text
  @org.jspecify.annotations.Nullable
  String putUtf8(String text) {
    int length = text.length();
    ensure(Math.multiplyExact(length, 3));
    byte[] to = bytes;
    int at = position;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        if (c == 0) {
          return "cannot hold the NUL character, at character " + (i + 1) + " of the text";
        }
        to[at++] = (byte) c;
      } else if (c < 0x800) {
        to[at++] = (byte) (0xc0 | c >> 6);
        to[at++] = (byte) (0x80 | c & 0x3f);
      } else if (!Character.isSurrogate(c)) {
        to[at++] = (byte) (0xe0 | c >> 12);
        to[at++] = (byte) (0x80 | c >> 6 & 0x3f);
        to[at++] = (byte) (0x80 | c & 0x3f);
      } else {
        if (Character.isLowSurrogate(c)
            || i + 1 == length
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return "cannot hold half of a surrogate pair, at character " + (i + 1) + " of the text";
        }
        int point = Character.toCodePoint(c, text.charAt(++i));
        to[at++] = (byte) (0xf0 | point >> 18);
        to[at++] = (byte) (0x80 | point >> 12 & 0x3f);
        to[at++] = (byte) (0x80 | point >> 6 & 0x3f);
        to[at++] = (byte) (0x80 | point & 0x3f);
      }
    }
    position = at;
    return null;
  }

  /// Writes the length of what was put after `start + 4` at `start`.
  void putLengthAt(int start) {
    INT.set(bytes, start, position - start - 4);
  }
}
