package dev.penstock.files.parquet;

import java.math.BigInteger;
import java.util.Arrays;

/// Whole numbers as big-endian bytes of one length.
final class DecimalBytes {
  private DecimalBytes() {}

  /// How many bytes hold every number of so many digits.
  static int length(int precision) {
    return BigInteger.TEN.pow(precision).subtract(BigInteger.ONE).bitLength() / 8 + 1;
  }

  /// The number in `length` bytes, which must be enough.
  static byte[] of(BigInteger number, int length) {
    byte[] shortest = number.toByteArray();
    byte[] bytes = new byte[length];
    if (number.signum() < 0) {
      Arrays.fill(bytes, (byte) -1);
    }
    System.arraycopy(shortest, 0, bytes, length - shortest.length, shortest.length);
    return bytes;
  }
}
