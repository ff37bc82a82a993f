package dev.penstock.data;

import java.util.Objects;

/// One column of a [Schema].
///
/// @param name as in files and tables: the value of [Name], or the component's name in snake_case
/// @param nullable whether the value may be absent; only primitives are not nullable
/// @param component the name of the record component; of a [Row] the same as `name`
public record Column(String name, DataType type, boolean nullable, String component) {
  public Column {
    Objects.requireNonNull(type, "type");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the name of a column must not be empty");
    }
  }

  /// A nullable column that stands for no record component.
  public static Column of(String name, DataType type) {
    return new Column(name, type, true, name);
  }
}
