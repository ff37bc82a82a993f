package dev.penstock.http;

import dev.penstock.data.JsonValue;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How a source asks only for what is new: by a value that grows from item to item or from change
/// to change. The greatest one that was seen is kept with the position.
sealed interface Since extends Serializable {
  /// How far ahead of the server's clock an item may lie.
  Duration AHEAD = Duration.ofDays(1);

  /// The parameter of the URL that takes the bound.
  String parameter();

  /// Where the value stands in an item.
  String pointer();

  /// The bound to begin with, after `seen` was the greatest value; empty for nothing yet.
  String bound(Optional<String> seen);

  /// The greater of what was seen and the value of another item.
  ///
  /// @param now what the server thinks that the time is
  /// @throws IllegalArgumentException when the item has no such value, or one that cannot be
  String seen(Optional<String> seen, JsonValue item, Instant now);

  private static <V> V value(JsonValue item, String pointer, Class<V> type) {
    V value = item.get(pointer, type);
    if (value == null) {
      throw new IllegalArgumentException("there is nothing at \"" + pointer + "\" to go on from");
    }
    return value;
  }

  /// By a time.
  record Time(String parameter, String pointer, Instant first, Duration overlap) implements Since {
    public Time {
      if (overlap.isNegative()) {
        throw new IllegalArgumentException("the overlap must not be negative, was " + overlap);
      }
    }

    @Override
    public String bound(Optional<String> seen) {
      return seen.map(text -> Instant.parse(text).minus(overlap)).orElse(first).toString();
    }

    @Override
    public String seen(Optional<String> seen, JsonValue item, Instant now) {
      Instant value = value(item, pointer, Instant.class);
      if (value.isAfter(now.plus(AHEAD))) {
        throw new IllegalArgumentException(
            "\"%s\" is %s, far ahead of the server's clock, %s: going on from there would miss all that comes before"
                .formatted(pointer, value, now));
      }
      return seen.map(Instant::parse).filter(value::isBefore).orElse(value).toString();
    }
  }

  /// By a number.
  record Number(String parameter, String pointer, long first, long overlap) implements Since {
    public Number {
      if (overlap < 0) {
        throw new IllegalArgumentException("the overlap must not be negative, was " + overlap);
      }
    }

    @Override
    public String bound(Optional<String> seen) {
      return Long.toString(seen.map(text -> Long.parseLong(text) - overlap).orElse(first));
    }

    @Override
    public String seen(Optional<String> seen, JsonValue item, Instant now) {
      long value = value(item, pointer, Long.class);
      return Long.toString(seen.map(Long::parseLong).map(s -> Math.max(s, value)).orElse(value));
    }
  }
}
