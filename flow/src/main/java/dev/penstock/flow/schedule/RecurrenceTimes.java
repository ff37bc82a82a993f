package dev.penstock.flow.schedule;

import java.time.LocalTime;
import java.util.NavigableSet;
import java.util.Optional;

/// Which times of a day a recurrence rule allows; no set is empty.
record RecurrenceTimes(
    NavigableSet<Integer> hours, NavigableSet<Integer> minutes, NavigableSet<Integer> seconds) {

  /// The first allowed time at or after one.
  Optional<LocalTime> from(LocalTime earliest) {
    int hour = earliest.getHour();
    int minute = earliest.getMinute();
    if (hours.contains(hour)) {
      if (minutes.contains(minute)) {
        Integer second = seconds.ceiling(earliest.getSecond());
        if (second != null) {
          return Optional.of(LocalTime.of(hour, minute, second));
        }
      }
      Integer later = minutes.higher(minute);
      if (later != null) {
        return Optional.of(LocalTime.of(hour, later, seconds.first()));
      }
    }
    Integer later = hours.higher(hour);
    return later == null
        ? Optional.empty()
        : Optional.of(LocalTime.of(later, minutes.first(), seconds.first()));
  }
}
