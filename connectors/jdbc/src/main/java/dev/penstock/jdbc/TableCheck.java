package dev.penstock.jdbc;

import dev.penstock.data.Column;
import dev.penstock.data.ColumnMatch;
import dev.penstock.data.RecordType;
import dev.penstock.jdbc.TableInfo.TableColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Compares a record with the table that it is to be written to.
final class TableCheck {
  private TableCheck() {}

  /// Which columns the components go to.
  ///
  /// @throws TableMismatch that lists every way in which they do not fit together
  static <T> LoadTarget<T> match(
      Dialect dialect, TableInfo table, RecordType<T> type, LoadSettings settings) {
    ColumnMatch match = ColumnMatch.of(type.schema(), table.names());
    List<String> problems = new ArrayList<>(match.problems());
    List<TableColumn> columns = new ArrayList<>();
    Set<String> filled = new HashSet<>();
    for (int i = 0; i < type.schema().size(); i++) {
      if (match.index(i) >= 0) {
        Column wanted = type.schema().column(i);
        TableColumn column = table.columns().get(match.index(i));
        columns.add(column);
        filled.add(column.name());
        if (!dialect.takes(column, wanted.type())) {
          problems.add(
              "column \"%s\" is %s in the table, the record has %s (component %s)"
                  .formatted(
                      column.name(), column.type(), wanted.type().describe(), wanted.component()));
        }
      }
    }
    for (TableColumn column : table.columns()) {
      if (!column.optional() && !filled.contains(column.name())) {
        problems.add(
            "column \"%s\" is NOT NULL without a default in the table, the record does not have it"
                .formatted(column.name()));
      }
    }
    if (problems.isEmpty()) {
      checkKey(table, type, settings, columns, problems);
    }
    if (!problems.isEmpty()) {
      throw new TableMismatch(
          "table %s and record %s do not fit together"
              .formatted(table.name(), type.type().getSimpleName()),
          problems);
    }
    return new LoadTarget<>(type, table.name(), columns);
  }

  private static void checkKey(
      TableInfo table,
      RecordType<?> type,
      LoadSettings settings,
      List<TableColumn> columns,
      List<String> problems) {
    if (!settings.keys().isEmpty()) {
      Set<String> key = new HashSet<>(inTable(settings.keys(), type, columns));
      if (table.uniqueKeys().stream().noneMatch(unique -> unique.equals(key))) {
        problems.add(
            "upsert needs a primary key or unique index on exactly (%s), the table has %s"
                .formatted(
                    String.join(", ", inTable(settings.keys(), type, columns)),
                    table.uniqueKeys().isEmpty() ? "none" : table.uniqueKeys()));
      }
    }
  }

  /// The settings with the names that the table has for the record's columns.
  static LoadSettings inTable(LoadSettings settings, LoadTarget<?> target) {
    return new LoadSettings(
        settings.create(),
        settings.mode(),
        inTable(settings.keys(), target.type(), target.columns()),
        inTable(settings.adding(), target.type(), target.columns()),
        settings.connections());
  }

  private static List<String> inTable(
      List<String> names, RecordType<?> type, List<TableColumn> columns) {
    return names.stream().map(name -> columns.get(type.schema().indexOf(name)).name()).toList();
  }
}
