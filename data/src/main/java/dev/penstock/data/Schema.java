package dev.penstock.data;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The columns of a record, a file or a table, in order. No two have the same name.
public final class Schema {
  private final List<Column> columns;
  private final List<String> names;
  private final Map<String, Integer> index = new HashMap<>();

  public Schema(List<Column> columns) {
    this.columns = List.copyOf(columns);
    this.names = columns.stream().map(Column::name).toList();
    Set<String> twice = new LinkedHashSet<>();
    for (int i = 0; i < names.size(); i++) {
      if (index.put(names.get(i), i) != null) {
        twice.add(names.get(i));
      }
    }
    if (!twice.isEmpty()) {
      throw new IllegalArgumentException(
          "more than one column is named \"" + String.join("\", \"", twice) + "\"");
    }
  }

  public List<Column> columns() {
    return columns;
  }

  public List<String> names() {
    return names;
  }

  public int size() {
    return columns.size();
  }

  public Column column(int index) {
    return columns.get(index);
  }

  /// The number of the column of exactly this name, or -1.
  public int indexOf(String name) {
    return index.getOrDefault(name, -1);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Schema other && columns.equals(other.columns);
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  @Override
  public String toString() {
    return "Schema" + columns;
  }
}
