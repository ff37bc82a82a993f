package dev.penstock.server.view;

import dev.penstock.flow.store.FlowRuns;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers, durations and times as people read them.
///
/// @param zone in which times are shown
/// @param now the time that ages are counted to
public record Words(ZoneId zone, Instant now) {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter FINE =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ENGLISH);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter WEEKDAY =
      DateTimeFormatter.ofPattern("EEE", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH_DAY =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH);

  /// `2,160,000`.
  public static String count(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /// `1 run`, `2 runs`.
  public static String count(long number, String thing) {
    return count(number) + " " + thing + (number == 1 ? "" : "s");
  }

  /// `7`, `10,000+` where there may be more.
  public static String count(FlowRuns.Counted counted) {
    return count(counted.runs()) + (counted.more() ? "+" : "");
  }

  /// `1 run`, `10,000+ runs`.
  public static String count(FlowRuns.Counted counted, String thing) {
    return counted.more() ? count(counted) + " " + thing + "s" : count(counted.runs(), thing);
  }

  /// `under 0.1 s`, `0.2 s`, `12 s`, `4 min 12 s`, `2 h 36 min`, `6 d 4 h`.
  public static String duration(Duration duration) {
    Duration length = duration.isNegative() ? Duration.ZERO : duration;
    long seconds = length.toSeconds();
    if (length.toMillis() < 100) {
      return "under 0.1 s";
    }
    if (seconds < 10) {
      return String.format(Locale.ENGLISH, "%.1f s", length.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    if (seconds < 86_400) {
      return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }
    return seconds / 86_400 + " d " + seconds / 3600 % 24 + " h";
  }

  /// How long ago something was.
  public String since(Instant at) {
    return duration(Duration.between(at, now));
  }

  /// How long until something is.
  public String until(Instant at) {
    return duration(Duration.between(now, at));
  }

  /// The clock for today, the date for other days.
  public String time(Instant at) {
    return at.atZone(zone).format(day(at, now) ? CLOCK : DATE);
  }

  /// With the day of the week: `Mon 19 Oct, 02:30`.
  public String day(Instant at) {
    return at.atZone(zone).format(DAY);
  }

  /// With milliseconds, for logs.
  public String fine(Instant at) {
    return at.atZone(zone).format(FINE);
  }

  /// `14:05`, for the axes of charts.
  public String minute(Instant at) {
    return at.atZone(zone).format(MINUTE);
  }

  /// `Sun`, or `14 Feb` for days that are a week or more from now.
  public String weekday(Instant at) {
    boolean near = Duration.between(at, now).abs().toDays() < 6;
    return at.atZone(zone).format(near ? WEEKDAY : MONTH_DAY);
  }

  /// `14 Feb`.
  public String date(Instant at) {
    return at.atZone(zone).format(MONTH_DAY);
  }

  /// `14:05 to 14:30`, `29 Nov 22:00 to 30 Nov 02:00`, `since 14:05`, `before 14:30`.
  public String between(@Nullable Instant since, @Nullable Instant until) {
    if (since == null) {
      return until == null ? "any time" : "before " + dated(until);
    }
    if (until == null) {
      return "since " + dated(since);
    }
    boolean oneDay = day(since, until);
    return dated(since) + " to " + (oneDay ? exact(until) : dated(until));
  }

  private String dated(Instant at) {
    return day(at, now) ? exact(at) : date(at) + " " + exact(at);
  }

  private String exact(Instant at) {
    return at.getEpochSecond() % 60 == 0 ? minute(at) : clock(at);
  }

  /// Whether two times are of one day.
  boolean day(Instant one, Instant other) {
    return LocalDate.ofInstant(one, zone).equals(LocalDate.ofInstant(other, zone));
  }

  /// As a field for a time has it: `2026-02-14T14:05:00`.
  public String field(Instant at) {
    return LocalDateTime.ofInstant(at, zone).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// `14:05:12`.
  public String clock(Instant at) {
    return at.atZone(zone).format(CLOCK);
  }

  /// Whole, in UTC.
  public static String full(Instant at) {
    return at.atZone(ZoneOffset.UTC).format(FULL);
  }

  /// A share of a width: `12.5%`.
  static String percent(double share) {
    return String.format(Locale.ENGLISH, "%.2f%%", Math.clamp(share, 0, 1) * 100);
  }
}
