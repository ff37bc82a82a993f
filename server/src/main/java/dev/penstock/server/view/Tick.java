package dev.penstock.server.view;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/// A tick to come, and what is odd about it.
///
/// @param odd a change of clocks; empty for none
public record Tick(Instant at, String odd) {
  /// @param zone of the schedule
  public static Tick of(Instant at, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    LocalDate day = LocalDate.ofInstant(at, zone);
    ZoneOffsetTransition change = rules.nextTransition(day.atStartOfDay(zone).toInstant());
    if (change == null || !LocalDate.ofInstant(change.getInstant(), zone).equals(day)) {
      return new Tick(at, "");
    }
    boolean twice = rules.getValidOffsets(at.atZone(zone).toLocalDateTime()).size() > 1;
    return new Tick(
        at,
        change.isOverlap()
            ? "Clocks go back" + (twice ? ": this time comes twice, and it runs once." : ".")
            : "Clocks go forward.");
  }
}
