package dev.penstock.server.pages;

import dev.penstock.flow.schedule.TimeText;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When runs were made: until now, or between two times.
///
/// @param within `1h`, `24h`, `7d`, `30d` or `all`; does not matter between two times
/// @param since made at this time or later
/// @param until made before this time
public record Period(String within, @Nullable Instant since, @Nullable Instant until) {
  /// The one that is meant when none is said.
  static final Period USUAL = within("24h");

  private static final List<String> WORDS = List.of("1h", "24h", "7d", "30d", "all");

  static Period within(String word) {
    return new Period(word, null, null);
  }

  /// @param zone of times that are written without one
  /// @param wrong what cannot be used is added here
  static Period of(Fields query, ZoneId zone, List<Refused.Field> wrong) {
    String within = query.first("within").orElse(USUAL.within);
    if (!WORDS.contains(within)) {
      wrong.add(
          new Refused.Field(
              "within", "\"" + within + "\" is no time: write 1h, 24h, 7d, 30d or all"));
    }
    Instant since = time("since", query, zone, wrong);
    Instant until = time("until", query, zone, wrong);
    if (since != null && until != null && !since.isBefore(until)) {
      wrong.add(new Refused.Field("until", "\"until\" must be a later time than \"since\""));
    }
    return new Period(within, since, until);
  }

  private static @Nullable Instant time(
      String name, Fields query, ZoneId zone, List<Refused.Field> wrong) {
    try {
      return query
          .first(name)
          .map(text -> TimeText.parse("\"" + name + "\"", text, zone))
          .orElse(null);
    } catch (IllegalArgumentException e) {
      wrong.add(new Refused.Field(name, String.valueOf(e.getMessage())));
      return null;
    }
  }

  /// Whether it is between two times, of which one may be open.
  public boolean between() {
    return since != null || until != null;
  }

  public boolean isUsual() {
    return equals(USUAL);
  }

  /// Where it begins; null when it has no beginning.
  @Nullable Instant from(Instant now) {
    if (between()) {
      return since;
    }
    return switch (within) {
      case "1h" -> now.minus(Duration.ofHours(1));
      case "7d" -> now.minus(Duration.ofDays(7));
      case "30d" -> now.minus(Duration.ofDays(30));
      case "all" -> null;
      default -> now.minus(Duration.ofDays(1));
    };
  }
}
