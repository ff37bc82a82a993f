package dev.penstock.files.parquet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Text in UTF-8.
final class Texts {
  private Texts() {}

  /// The text that the bytes are.
  ///
  /// @throws IllegalArgumentException when they are not UTF-8
  static String decode(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    // malformed bytes become U+FFFD; only a text that has one is decoded again, strictly
    return text.indexOf('\uFFFD') < 0 ? text : strict(bytes, from, to);
  }

  private static String strict(byte[] bytes, int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      String shown = HexFormat.ofDelimiter(" ").formatHex(bytes, from, Math.min(to, from + 32));
      throw new IllegalArgumentException("the bytes " + shown + " are not text in UTF-8", e);
    }
  }

  /// Compares in the order of code points, which is that of the bytes in UTF-8; Java's own order
  /// puts characters beyond 16 bits before some that are not.
  static int compare(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothOrNone = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothOrNone ? x - y : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }
}
