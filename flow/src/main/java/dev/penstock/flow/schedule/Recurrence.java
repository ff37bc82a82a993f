package dev.penstock.flow.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A recurrence rule that has been read: a filter of local times. What a rule leaves to its start,
/// day and time, is filled in.
///
/// @param positions which of the times of a period count, from 1, negative ones from the end; empty
///   for all
record Recurrence(
    Frequency frequency,
    int interval,
    RecurrenceDays days,
    RecurrenceTimes times,
    Set<Integer> positions,
    Limit limit,
    LocalDateTime start) {

  /// Where a rule ends.
  ///
  /// @param count 0 for no count
  /// @param until inclusive, if it is written without a zone
  /// @param untilInstant inclusive, if it is written in UTC
  record Limit(int count, @Nullable LocalDateTime until, @Nullable Instant untilInstant) {}

  private static final LocalDateTime LATEST = LocalDateTime.of(9999, 12, 31, 0, 0);

  /// So many looks suffice for every day of all years, and end rules whose interval and times never
  /// meet.
  private static final int MOST_LOOKS = 10_000_000;

  /// The first time strictly after one, before the rule's limit is considered.
  Optional<LocalDateTime> after(LocalDateTime time) {
    LocalDateTime earliest = time.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    return atOrAfter(earliest.isBefore(start) ? start : earliest);
  }

  /// The last time that the limit may allow: when the limit is an instant, more than that, since
  /// clocks may show a time twice.
  LocalDateTime last(ZoneId zone) {
    if (limit.until() != null) {
      return limit.until();
    }
    if (limit.untilInstant() != null) {
      return LocalDateTime.ofInstant(limit.untilInstant(), zone).plusDays(1);
    }
    LocalDateTime last = LATEST;
    Optional<LocalDateTime> time = Optional.of(start.minusSeconds(1));
    for (int i = 0; i < limit.count() && time.isPresent(); i++) {
      time = after(time.get());
      last = time.orElse(last);
    }
    return last;
  }

  private Optional<LocalDateTime> atOrAfter(LocalDateTime earliest) {
    Optional<LocalDateTime> filtered = filteredFrom(earliest);
    if (positions.isEmpty()) {
      return filtered;
    }
    while (filtered.isPresent()) {
      long period = index(filtered.get());
      Optional<LocalDateTime> chosen =
          chosenOf(period).stream().filter(time -> !time.isBefore(earliest)).findFirst();
      if (chosen.isPresent()) {
        return chosen;
      }
      filtered = filteredFrom(begin(period + 1));
    }
    return Optional.empty();
  }

  private List<LocalDateTime> chosenOf(long period) {
    List<LocalDateTime> all = new ArrayList<>();
    Optional<LocalDateTime> time = filteredFrom(begin(period));
    while (time.isPresent() && index(time.get()) == period) {
      all.add(time.get());
      time = filteredFrom(time.get().plusSeconds(1));
    }
    TreeSet<LocalDateTime> chosen = new TreeSet<>();
    for (int position : positions) {
      int at = position > 0 ? position - 1 : all.size() + position;
      if (at >= 0 && at < all.size()) {
        chosen.add(all.get(at));
      }
    }
    return List.copyOf(chosen);
  }

  /// The first time at or after one that passes all filters: leaps over what cannot pass.
  private Optional<LocalDateTime> filteredFrom(LocalDateTime earliest) {
    LocalDateTime time = earliest;
    for (int looks = 0; looks < MOST_LOOKS && time.isBefore(LATEST); looks++) {
      long off = Math.floorMod(index(time) - index(start), (long) interval);
      if (off != 0) {
        time = begin(index(time) + interval - off);
      } else if (!days.allowsMonth(time.toLocalDate())) {
        time = time.toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay();
      } else if (!days.allows(time.toLocalDate())) {
        time = time.toLocalDate().plusDays(1).atStartOfDay();
      } else {
        Optional<LocalTime> allowed = times.from(time.toLocalTime());
        if (allowed.isPresent() && allowed.get().equals(time.toLocalTime())) {
          return Optional.of(time);
        }
        time =
            allowed.isPresent()
                ? time.with(allowed.get())
                : time.toLocalDate().plusDays(1).atStartOfDay();
      }
    }
    return Optional.empty();
  }

  private long index(LocalDateTime time) {
    return frequency.index(time, weekStart());
  }

  private LocalDateTime begin(long index) {
    // Beyond the last year there is nothing to find, and not every calendar goes there.
    return index > frequency.index(LATEST, weekStart())
        ? LATEST
        : frequency.begin(index, weekStart());
  }

  private DayOfWeek weekStart() {
    return days.weekStart();
  }
}
