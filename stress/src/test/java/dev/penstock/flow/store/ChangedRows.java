package dev.penstock.flow.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.sqlite.SQLiteUpdateListener;

/// Which rows of a database have been written, as the database tells: whoever watches a simulation
/// need not read all tables after each transaction. For one thread at a time.
public final class ChangedRows implements SQLiteUpdateListener {
  private final Map<String, NavigableSet<Long>> byTable = new HashMap<>();

  ChangedRows() {}

  @Override
  public void onUpdate(Type type, String database, String table, long row) {
    byTable.computeIfAbsent(table, _ -> new TreeSet<>()).add(row);
  }

  /// The rowids of a table that have been written since this was asked last, in their order.
  public List<Long> take(String table) {
    NavigableSet<Long> rows = byTable.get(table);
    if (rows == null || rows.isEmpty()) {
      return List.of();
    }
    List<Long> taken = List.copyOf(rows);
    rows.clear();
    return taken;
  }

  /// Forgets what was rolled back.
  void clear() {
    byTable.clear();
  }
}
