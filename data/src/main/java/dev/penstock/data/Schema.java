package dev.penstock.data;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The columns of a record, a file or a table, in order. No two have the same name.
public record Schema(List<Column> columns) {
  public Schema {
    columns = List.copyOf(columns);
    Set<String> seen = new HashSet<>();
    Set<String> twice =
        columns.stream()
            .map(Column::name)
            .filter(name -> !seen.add(name))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!twice.isEmpty()) {
      throw new IllegalArgumentException(
          twice.stream().collect(Collectors.joining("\", \"", "more than one column is named \"", "\"")));
    }
  }

  public int size() {
    return columns.size();
  }

  public Column column(int index) {
    return columns.get(index);
  }

  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }
}
