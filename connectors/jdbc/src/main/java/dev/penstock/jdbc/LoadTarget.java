package dev.penstock.jdbc;

import dev.penstock.data.DataType;
import dev.penstock.data.RecordType;
import dev.penstock.jdbc.TableInfo.TableColumn;
import java.util.List;

/// Which records go to which columns of which table.
///
/// @param columns of the table, one for each component of the record, in the order of the
///   components
record LoadTarget<T>(RecordType<T> type, TableName table, List<TableColumn> columns) {

  List<String> names() {
    return columns.stream().map(TableColumn::name).toList();
  }

  int size() {
    return columns.size();
  }

  TableColumn column(int index) {
    return columns.get(index);
  }

  DataType dataType(int index) {
    return type.schema().column(index).type();
  }

  LoadTarget<T> into(TableName other) {
    return new LoadTarget<>(type, other, columns);
  }
}
