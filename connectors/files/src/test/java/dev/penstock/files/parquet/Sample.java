package dev.penstock.files.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Records of every type, and random ones.
final class Sample {
  private Sample() {}

  enum Color {
    YELLOW,
    GREEN
  }

  record Inner(int id, String name, List<Long> numbers) {}

  record Everything(
      boolean bool,
      byte tiny,
      short small,
      int whole,
      long big,
      float single,
      double number,
      char letter,
      Boolean maybeBool,
      Byte maybeTiny,
      Short maybeSmall,
      Integer maybeWhole,
      Long maybeBig,
      Float maybeSingle,
      Double maybeNumber,
      Character maybeLetter,
      String text,
      BigDecimal decimal,
      LocalDate day,
      LocalTime time,
      LocalDateTime local,
      Instant instant,
      UUID uuid,
      Color color,
      Inner inner,
      List<String> texts,
      List<Inner> inners,
      List<List<Integer>> lists,
      Map<String, Double> prices,
      Map<String, Inner> byName) {}

  static List<Everything> everything(RandomGenerator random, int count) {
    List<Everything> records = new ArrayList<>();
    // how often values are null changes in long stretches, so that pages without any occur
    double nulls = 0;
    for (int i = 0; i < count; i++) {
      if (i % 700 == 0) {
        nulls = random.nextInt(3) * 0.3;
      }
      records.add(one(random, nulls));
    }
    return records;
  }

  private static <V> V maybe(RandomGenerator random, double nulls, Supplier<V> value) {
    return random.nextDouble() < nulls ? null : value.get();
  }

  private static Everything one(RandomGenerator r, double n) {
    return new Everything(
        r.nextBoolean(),
        (byte) r.nextInt(),
        (short) r.nextInt(),
        r.nextInt(100) < 50 ? r.nextInt(5) : r.nextInt(),
        r.nextLong(),
        r.nextFloat(),
        r.nextInt(20) == 0 ? Double.NaN : r.nextGaussian() * 1e9,
        (char) ('a' + r.nextInt(26)),
        maybe(r, n, r::nextBoolean),
        maybe(r, n, () -> (byte) r.nextInt()),
        maybe(r, n, () -> (short) r.nextInt()),
        maybe(r, n, () -> r.nextInt(4)),
        maybe(r, n, () -> r.nextLong(1_000)),
        maybe(r, n, r::nextFloat),
        maybe(r, n, r::nextDouble),
        maybe(r, n, () -> (char) (0x410 + r.nextInt(30))),
        maybe(r, n, () -> text(r)),
        maybe(r, n, () -> new BigDecimal(new BigInteger(100, random(r)), 18).negate()),
        maybe(r, n, () -> LocalDate.ofEpochDay(r.nextInt(-100_000, 100_000))),
        maybe(r, n, () -> LocalTime.ofNanoOfDay(r.nextLong(86_400_000_000_000L))),
        maybe(r, n, () -> LocalDateTime.ofInstant(micros(r), ZoneOffset.UTC)),
        maybe(r, n, () -> micros(r)),
        maybe(r, n, () -> new UUID(r.nextLong(), r.nextLong())),
        maybe(r, n, () -> Color.values()[r.nextInt(2)]),
        maybe(r, n, () -> inner(r, n)),
        maybe(r, n, () -> list(r, () -> maybe(r, n, () -> text(r)))),
        maybe(r, n, () -> list(r, () -> maybe(r, n, () -> inner(r, n)))),
        maybe(r, n, () -> list(r, () -> maybe(r, n, () -> list(r, r::nextInt)))),
        maybe(r, n, () -> map(r, () -> maybe(r, n, r::nextDouble))),
        maybe(r, n, () -> map(r, () -> maybe(r, n, () -> inner(r, n)))));
  }

  private static java.util.Random random(RandomGenerator r) {
    return new java.util.Random(r.nextLong());
  }

  private static Instant micros(RandomGenerator r) {
    return Instant.ofEpochSecond(
        r.nextLong(-4_000_000_000L, 4_000_000_000L), r.nextInt(1_000_000) * 1_000L);
  }

  private static String text(RandomGenerator r) {
    return switch (r.nextInt(4)) {
      case 0 -> "";
      case 1 -> "zone " + r.nextInt(8);
      case 2 -> r.nextBoolean() ? "Straße" : "東京 🚕";
      default -> Long.toString(r.nextLong(), 36);
    };
  }

  private static Inner inner(RandomGenerator r, double n) {
    return new Inner(
        r.nextInt(10), maybe(r, n, () -> text(r)), maybe(r, n, () -> list(r, r::nextLong)));
  }

  private static <V> List<V> list(RandomGenerator r, Supplier<V> value) {
    List<V> values = new ArrayList<>();
    for (int i = r.nextInt(4); i > 0; i--) {
      values.add(value.get());
    }
    return values;
  }

  private static <V> Map<String, V> map(RandomGenerator r, Supplier<V> value) {
    Map<String, V> values = new LinkedHashMap<>();
    for (int i = r.nextInt(4); i > 0; i--) {
      values.put("k" + i, value.get());
    }
    return values;
  }
}
