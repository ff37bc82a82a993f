package dev.penstock.jdbc;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The name of a table, with its schema if one was given.
record TableName(@Nullable String schema, String name) implements Serializable {

  /// Reads `trips` or `staging.trips`.
  static TableName of(String text) {
    int dot = text.indexOf('.');
    TableName table =
        dot < 0
            ? new TableName(null, text)
            : new TableName(text.substring(0, dot), text.substring(dot + 1));
    if (table.name.isBlank()
        || (table.schema != null && table.schema.isBlank())
        || table.name.indexOf('.') >= 0) {
      throw new IllegalArgumentException(
          "a table is named \"table\" or \"schema.table\", was \"" + text + "\"");
    }
    table.quoted();
    return table;
  }

  /// Another table in the same schema.
  TableName sibling(String other) {
    return new TableName(schema, other);
  }

  Optional<String> inSchema() {
    return Optional.ofNullable(schema);
  }

  /// As it stands in SQL.
  String quoted() {
    return schema == null
        ? Identifier.quote(name)
        : Identifier.quote(schema) + "." + Identifier.quote(name);
  }

  /// As it stands in messages.
  @Override
  public String toString() {
    return schema == null ? name : schema + "." + name;
  }
}
