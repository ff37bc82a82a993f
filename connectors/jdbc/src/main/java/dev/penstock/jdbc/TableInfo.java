package dev.penstock.jdbc;

import java.util.List;
import java.util.Set;

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

  List<String> names() {
    return columns.stream().map(TableColumn::name).toList();
  }
}
