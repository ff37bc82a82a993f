package dev.penstock.cli.session;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Times as people speak of them.
public final class Ages {
  private Ages() {}

  /// `5 min ago`, `in 3 h`; nothing for no time.
  public static String of(@Nullable Instant at, Instant now) {
    if (at == null) {
      return "";
    }
    Duration age = Duration.between(at, now);
    if (age.abs().toSeconds() == 0) {
      return "now";
    }
    return age.isNegative() ? "in " + rough(age.negated()) : rough(age) + " ago";
  }

  /// `42 s`, `5 min`, `3 h`, `12 d`.
  private static String rough(Duration duration) {
    if (duration.toMinutes() == 0) {
      return duration.toSeconds() + " s";
    }
    if (duration.toHours() == 0) {
      return duration.toMinutes() + " min";
    }
    return duration.toDays() < 2 ? duration.toHours() + " h" : duration.toDays() + " d";
  }
}
