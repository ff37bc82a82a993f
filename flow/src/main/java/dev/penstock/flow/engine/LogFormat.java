package dev.penstock.flow.engine;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/// The lines of logs as people see them: `17:51:40.362 | INFO | Flow run 'lucky-otter' - text`.
public final class LogFormat {
  private LogFormat() {}

  /// @param subject of which run it is
  public static String line(Instant at, ZoneId zone, LogLevel level, String subject, String text) {
    LocalTime time = LocalTime.ofInstant(at, zone).truncatedTo(ChronoUnit.MILLIS);
    return "%tT.%tL | %-7s | %s - %s".formatted(time, time, level.name(), subject, text);
  }

  /// The subject of what a flow run itself has logged.
  public static String flowRun(String name) {
    return "Flow run '" + name + "'";
  }

  /// The subject of what one of its tasks has logged.
  public static String taskRun(String name) {
    return "Task run '" + name + "'";
  }
}
