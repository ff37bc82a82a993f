package dev.penstock.testkit;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Records for tests, the same for the same number every time.
public final class TestRecords {
  private TestRecords() {}

  /// A small record that every target can hold.
  public record Item(long id, String name, double amount, @Nullable Integer count) {
    /// Item `i`: every seventh has no count, some names hold quotes, commas, newlines and letters
    /// beyond ASCII.
    public static Item of(long i) {
      String name =
          switch ((int) (i % 5)) {
            case 0 -> "item " + i;
            case 1 -> "\"quoted\", with a comma " + i;
            case 2 -> "two\nlines " + i;
            case 3 -> "größe \u4e2d\u6587 \ud83d\ude00 " + i;
            default -> "tab\tand 'apostrophe' \\ " + i;
          };
      return new Item(i, name, i * 0.25, i % 7 == 0 ? null : (int) (i * 3));
    }

    /// Items `0 .. count-1`.
    public static List<Item> list(int count) {
      List<Item> items = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        items.add(of(i));
      }
      return items;
    }
  }

  /// What kind of thing it is.
  public enum Kind {
    SMALL,
    MEDIUM,
    LARGE
  }

  /// A record with a component of each simple type.
  public record Wide(
      boolean flag,
      byte tiny,
      short small,
      int number,
      long large,
      float single,
      double amount,
      @Nullable Boolean maybeFlag,
      @Nullable Integer maybeNumber,
      @Nullable Long maybeLarge,
      @Nullable Double maybeAmount,
      @Nullable String text,
      @Nullable BigDecimal price,
      @Nullable LocalDate day,
      @Nullable LocalDateTime time,
      @Nullable Instant at,
      @Nullable UUID uuid,
      @Nullable Kind kind) {

    /// Record `i`: about one in six of the components that may be null are.
    public static Wide of(long i) {
      Random random = new Random(i * 31 + 7);
      return new Wide(
          random.nextBoolean(),
          (byte) random.nextInt(),
          (short) random.nextInt(),
          random.nextInt(),
          random.nextLong(),
          random.nextInt(1000) / 8f,
          random.nextInt(1_000_000) / 16d,
          orNull(random, random.nextBoolean()),
          orNull(random, random.nextInt()),
          orNull(random, random.nextLong()),
          orNull(random, random.nextInt(1_000_000) / 16d),
          orNull(random, Item.of(i).name()),
          orNull(random, BigDecimal.valueOf(random.nextInt(10_000_000), 2)),
          orNull(random, LocalDate.ofEpochDay(random.nextInt(40_000))),
          orNull(random, LocalDateTime.of(2025, 11, 1, 0, 0).plusSeconds(random.nextInt(9999999))),
          orNull(random, Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE))),
          orNull(random, new UUID(random.nextLong(), random.nextLong())),
          orNull(random, Kind.values()[random.nextInt(Kind.values().length)]));
    }

    private static <T> @Nullable T orNull(Random random, T value) {
      return random.nextInt(6) == 0 ? null : value;
    }
  }
}
