package dev.penstock.server.view;

import dev.penstock.flow.store.FlowRun;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How long runs took, over the time when they were made, on a scale of powers of ten.
///
/// @param points one for each run that has started
/// @param lines of durations
/// @param ticks of the time
/// @param from where the axis of the time begins
/// @param to where it ends
/// @param live whether that is now
public record Scatter(
    List<Point> points,
    List<Timeline.Tick> lines,
    List<Timeline.Tick> ticks,
    Instant from,
    Instant to,
    boolean live) {
  private static final double SHORTEST = Math.log10(0.1);
  private static final double[] LINES = {0.1, 1, 10, 60, 600, 3600, 86_400};

  /// Seconds between ticks of the time.
  private static final long[] STEPS = {
    1,
    2,
    5,
    10,
    15,
    30,
    60,
    120,
    300,
    600,
    1200,
    3600,
    7200,
    14_400,
    21_600,
    43_200,
    86_400,
    172_800,
    604_800,
    2_592_000,
    7_776_000,
    31_536_000
  };

  private static final long MINUTE = 60;
  private static final long DAY = 86_400;

  /// A run.
  ///
  /// @param group its colour
  /// @param shape `failed`, `crashed`, `running`, `other` or `completed`
  public record Point(FlowRun run, String group, String shape, String x, String y, String title) {}

  /// @param runs the newest first
  /// @param since where the axis begins; null for a little before the oldest run
  /// @param until where it ends; null for now
  public static Scatter of(
      List<FlowRun> runs, @Nullable Instant since, @Nullable Instant until, Words words) {
    Instant to = until == null || until.isAfter(words.now()) ? words.now() : until;
    Instant from = since == null || !since.isBefore(to) ? begin(runs, to) : since;
    double longest = 60;
    for (FlowRun run : runs) {
      longest = Math.max(longest, seconds(run, words.now()) * 1.5);
    }
    double top = Math.log10(longest);
    List<Point> points = new ArrayList<>();
    double width = Math.max(1, Duration.between(from, to).toMillis());
    for (FlowRun run : runs) {
      Instant started = run.times().started();
      if (started == null) {
        continue;
      }
      Instant made = run.times().created();
      double x = Duration.between(from, made).toMillis() / width;
      double y = height(seconds(run, words.now()), top);
      Look look = Look.of(run.state().name());
      points.add(
          new Point(
              run,
              look.group(),
              shape(look.group()),
              Words.percent(Math.clamp(x, 0.002, 0.998)),
              String.format(Locale.ENGLISH, "%.2f%%", (1 - y) * 100),
              run.name()
                  + ", "
                  + look.word()
                  + ", "
                  + Words.duration(length(run, words.now()))
                  + ", made "
                  + words.time(made)));
    }
    return new Scatter(
        List.copyOf(points), lines(top), ticks(from, to, words), from, to, to.equals(words.now()));
  }

  /// The axis begins a little before the oldest run, so that few runs do not stand in one place.
  private static Instant begin(List<FlowRun> drawn, Instant to) {
    Instant oldest = drawn.isEmpty() ? to : drawn.getLast().times().created();
    Duration span = Duration.between(oldest, to);
    return to.minus(span.plus(span.dividedBy(20)).plus(Duration.ofMinutes(1)));
  }

  private static String shape(String group) {
    return switch (group) {
      case "bad" -> "diamond";
      case "gone" -> "triangle";
      case "run" -> "ring";
      case "ok" -> "disc";
      default -> "square";
    };
  }

  private static Duration length(FlowRun run, Instant now) {
    Instant started = run.times().started() == null ? now : run.times().started();
    return Duration.between(started, run.times().ended() == null ? now : run.times().ended());
  }

  private static double seconds(FlowRun run, Instant now) {
    return Math.max(0.1, length(run, now).toMillis() / 1000.0);
  }

  private static double height(double seconds, double top) {
    return (Math.log10(seconds) - SHORTEST) / (top - SHORTEST);
  }

  private static List<Timeline.Tick> lines(double top) {
    List<Timeline.Tick> lines = new ArrayList<>();
    for (double seconds : LINES) {
      if (Math.log10(seconds) <= top) {
        lines.add(
            new Timeline.Tick(
                String.format(Locale.ENGLISH, "%.2f%%", (1 - height(seconds, top)) * 100),
                label(seconds)));
      }
    }
    return lines;
  }

  private static String label(double seconds) {
    if (seconds < 1) {
      return "0.1 s";
    }
    if (seconds < 60) {
      return (int) seconds + " s";
    }
    if (seconds < 3600) {
      return (int) (seconds / 60) + " min";
    }
    return seconds < 86_400 ? (int) (seconds / 3600) + " h" : "1 d";
  }

  /// Round times, up to six of them.
  public static List<Timeline.Tick> ticks(Instant from, Instant to, Words words) {
    long seconds = Duration.between(from, to).toSeconds();
    long step = STEPS[0];
    for (long each : STEPS) {
      step = each;
      if (seconds / each <= 6) {
        break;
      }
    }
    int offset = words.zone().getRules().getOffset(from).getTotalSeconds();
    long first = (from.getEpochSecond() + offset + step - 1) / step * step - offset;
    boolean today = words.day(from, words.now());
    LocalDate told = null;
    List<Timeline.Tick> ticks = new ArrayList<>();
    for (long at = first; at < to.getEpochSecond(); at += step) {
      double share = (double) (at - from.getEpochSecond()) / Math.max(1, seconds);
      Instant time = Instant.ofEpochSecond(at);
      if (share < 0.84) {
        LocalDate day = LocalDate.ofInstant(time, words.zone());
        String clock = step >= MINUTE ? words.minute(time) : words.clock(time);
        String label = today || day.equals(told) ? clock : words.weekday(time) + " " + clock;
        ticks.add(new Timeline.Tick(Words.percent(share), step >= DAY ? words.date(time) : label));
        told = day;
      }
    }
    return ticks;
  }
}
