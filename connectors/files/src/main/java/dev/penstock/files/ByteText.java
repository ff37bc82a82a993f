package dev.penstock.files;

/// A part of an array of bytes as text, byte by byte: right for all that is ASCII. Reused from
/// field to field, so that a number is parsed without a `String`.
final class ByteText implements CharSequence {
  private byte[] bytes = {};
  private int from;
  private int to;

  ByteText over(byte[] array, int start, int end) {
    bytes = array;
    from = start;
    to = end;
    return this;
  }

  @Override
  public int length() {
    return to - from;
  }

  @Override
  public char charAt(int index) {
    return (char) (bytes[from + index] & 0xff);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return toString().substring(start, end);
  }

  @Override
  @SuppressWarnings(
      "deprecation") // this is exactly what that constructor does, and it is the fastest
  public String toString() {
    return new String(bytes, 0, from, to - from);
  }
}
