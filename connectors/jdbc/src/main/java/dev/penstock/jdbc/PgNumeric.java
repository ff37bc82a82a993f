package dev.penstock.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;

/// Writes decimals as PostgreSQL's numeric: digits in base 10,000, the number of the first one's
/// power, the sign and the scale to show.
final class PgNumeric {
  private static final int BASE = 10_000;
  private static final BigInteger BIG_BASE = BigInteger.valueOf(BASE);
  private static final int POSITIVE = 0x0000;
  private static final int NEGATIVE = 0x4000;

  /// The digits, the last one first.
  private short[] groups = new short[16];

  private int count;

  /// Writes a field, its length before it.
  ///
  /// @return whether the server can hold it
  boolean put(BigDecimal value, RowBuffer to) {
    BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
    int scale = plain.scale();
    if (scale > 16_383 || plain.precision() - scale > 131_072) {
      return false;
    }
    int padding = (4 - scale % 4) % 4;
    split(plain.unscaledValue().abs(), padding);
    int fraction = (scale + padding) / 4;
    int trailing = 0;
    while (trailing < count && groups[trailing] == 0) {
      trailing++;
    }
    int digits = count - trailing;
    to.putInt(8 + 2 * digits);
    to.putShort(digits);
    to.putShort(digits == 0 ? 0 : count - fraction - 1);
    to.putShort(value.signum() < 0 ? NEGATIVE : POSITIVE);
    to.putShort(scale);
    for (int i = count - 1; i >= trailing; i--) {
      to.putShort(groups[i]);
    }
    return true;
  }

  void put(long value, RowBuffer to) {
    put(BigDecimal.valueOf(value), to);
  }

  private void split(BigInteger unscaled, int padding) {
    count = 0;
    BigInteger rest = padding == 0 ? unscaled : unscaled.multiply(BigInteger.TEN.pow(padding));
    while (rest.bitLength() > 63) {
      BigInteger[] parts = rest.divideAndRemainder(BIG_BASE);
      add(parts[1].intValue());
      rest = parts[0];
    }
    for (long low = rest.longValue(); low != 0; low /= BASE) {
      add((int) (low % BASE));
    }
  }

  private void add(int group) {
    if (count == groups.length) {
      groups = java.util.Arrays.copyOf(groups, count * 2);
    }
    groups[count++] = (short) group;
  }
}
