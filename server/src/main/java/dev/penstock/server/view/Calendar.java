package dev.penstock.server.view;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Two months of the ticks of a deployment: what became of the run of each day, and which days are
/// chosen to be run again.
///
/// @param range which days are chosen
public record Calendar(List<Month> months, Range range) {
  private static final DateTimeFormatter TITLE =
      DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

  /// A month.
  ///
  /// @param blank how many places are empty before its first day, in weeks that begin on Monday
  public record Month(String title, int blank, List<Day> days) {}

  /// A day.
  ///
  /// @param look of its run; null where none was
  /// @param past whether it can be chosen
  /// @param done whether all its ticks have completed
  /// @param title for whoever hovers over it
  /// @param next what is chosen when it is clicked
  public record Day(
      LocalDate date,
      @Nullable Look look,
      String title,
      boolean past,
      boolean done,
      boolean chosen,
      Range next) {}

  /// Days that are chosen: the first and the last one; null for none.
  public record Range(@Nullable LocalDate from, @Nullable LocalDate to) {
    public static final Range NONE = new Range(null, null);

    /// What is chosen after a click on a day: it begins a range, or ends it.
    Range with(LocalDate day) {
      if (from == null || to != null && !to.equals(from)) {
        return new Range(day, day);
      }
      return day.isBefore(from) ? new Range(day, from) : new Range(from, day);
    }

    boolean has(LocalDate day) {
      return from != null && to != null && !day.isBefore(from) && !day.isAfter(to);
    }

    /// `7 to 13 October`; empty for none.
    public String words() {
      if (from == null || to == null) {
        return "";
      }
      if (from.equals(to)) {
        return DAY.format(from);
      }
      return YearMonth.from(from).equals(YearMonth.from(to))
          ? from.getDayOfMonth() + " to " + DAY.format(to)
          : DAY.format(from) + " to " + DAY.format(to);
    }
  }

  /// @param last the later one of the two months
  /// @param runs the newest first
  /// @param done days whose ticks have all completed
  /// @param zone in which days begin
  /// @param today the last day that can be chosen
  public static Calendar of(
      YearMonth last,
      List<FlowRun> runs,
      Set<LocalDate> done,
      ZoneId zone,
      LocalDate today,
      Range range) {
    Map<LocalDate, FlowRun> byDay = new HashMap<>();
    for (FlowRun run : runs) {
      Instant tick = run.call().intervalTo();
      if (tick != null) {
        byDay.putIfAbsent(LocalDate.ofInstant(tick, zone), run);
      }
    }
    return new Calendar(
        List.of(
            month(last.minusMonths(1), byDay, done, today, range),
            month(last, byDay, done, today, range)),
        range);
  }

  private static Month month(
      YearMonth month,
      Map<LocalDate, FlowRun> byDay,
      Set<LocalDate> done,
      LocalDate today,
      Range range) {
    List<Day> days = new ArrayList<>();
    for (int i = 1; i <= month.lengthOfMonth(); i++) {
      LocalDate date = month.atDay(i);
      FlowRun run = byDay.get(date);
      Look ran = run == null ? null : Look.of(run.state().name());
      Look look = done.contains(date) ? Look.of(StateName.COMPLETED) : ran;
      days.add(
          new Day(
              date,
              look,
              DAY.format(date) + ": " + (look == null ? "never ran" : look.word()),
              !date.isAfter(today),
              done.contains(date),
              range.has(date),
              range.with(date)));
    }
    int blank = month.atDay(1).getDayOfWeek().getValue() - 1;
    return new Month(TITLE.format(month), blank, List.copyOf(days));
  }

  /// `Mo`, `Tu`, …
  public static List<String> weekdays() {
    return List.of(DayOfWeek.values()).stream()
        .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).substring(0, 2))
        .toList();
  }
}
