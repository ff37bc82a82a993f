package dev.penstock.jdbc;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A table as the database describes it.
///
/// @param uniqueKeys the sets of columns whose values are unique together
record TableInfo(TableName name, List<TableColumn> columns, List<Set<String>> uniqueKeys) {

  /// One column of a table.
  ///
  /// @param type as the database shows it, for messages
  /// @param code the type as the dialect knows it
  /// @param optional whether an insert may leave it out: it is nullable, generated or has a default
  record TableColumn(String name, String type, String code, boolean nullable, boolean optional) {}

  /// The statement that makes another table of the same columns, with NOT NULL and unique keys;
  /// defaults and checks are left out.
  String createAs(TableName other) {
    Stream<String> declared =
        columns.stream()
            .map(column ->
                Identifier.quote(column.name())
                    + " "
                    + column.type()
                    + (column.nullable() ? "" : " NOT NULL"));
    Stream<String> keys =
        uniqueKeys.stream().map(key -> "UNIQUE (" + Identifier.list(List.copyOf(key)) + ")");
    return Stream.concat(declared, keys)
        .collect(Collectors.joining(", ", "CREATE TABLE " + other.quoted() + " (", ")"));
  }

  List<String> names() {
    return columns.stream().map(TableColumn::name).toList();
  }
}
