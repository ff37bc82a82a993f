package dev.penstock.jdbc;

import java.util.List;
import java.util.stream.Collectors;

/// The parts of an INSERT that updates the rows that are there.
final class Upsert {
  private Upsert() {}

  /// The columns of loaded rows, of which several may have one key: what adds is the sum of them.
  static String values(LoadTarget<?> target, LoadSettings settings) {
    String keys = Identifier.list(settings.keys());
    return target.names().stream()
        .map(name ->
            settings.adding().contains(name)
                ? "sum(%1$s) OVER (PARTITION BY %2$s) AS %1$s"
                    .formatted(Identifier.quote(name), keys)
                : Identifier.quote(name))
        .collect(Collectors.joining(", "));
  }

  /// `ON CONFLICT ("id") DO UPDATE SET "fare" = EXCLUDED."fare"`; what adds, adds to the column of
  /// the table that the INSERT knows as `stored`.
  static String onConflict(List<String> columns, LoadSettings settings, String stored) {
    String changes =
        columns.stream()
            .filter(column -> !settings.keys().contains(column))
            .map(column ->
                (settings.adding().contains(column)
                        ? "%1$s = COALESCE(%2$s.%1$s, 0) + COALESCE(EXCLUDED.%1$s, 0)"
                        : "%1$s = EXCLUDED.%1$s")
                    .formatted(Identifier.quote(column), Identifier.quote(stored)))
            .collect(Collectors.joining(", "));
    return "ON CONFLICT (%s) DO %s"
        .formatted(
            Identifier.list(settings.keys()),
            changes.isEmpty() ? "NOTHING" : "UPDATE SET " + changes);
  }
}
