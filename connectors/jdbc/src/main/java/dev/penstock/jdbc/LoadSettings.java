package dev.penstock.jdbc;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a [JdbcTable] is written.
///
/// @param create whether a table that does not exist is made
/// @param mode null until one was chosen
/// @param keys columns, with [Mode#UPSERT]
/// @param adding columns whose value is added to the stored one, with [Mode#UPSERT]
/// @param connections how many write at the same time
record LoadSettings(
    boolean create, @Nullable Mode mode, List<String> keys, List<String> adding, int connections)
    implements Serializable {
  static final LoadSettings NONE = new LoadSettings(false, null, List.of(), List.of(), 1);

  /// What happens to the rows that are there already.
  enum Mode {
    APPEND("append()"),
    REPLACE("replace()"),
    UPSERT("upsert(…)");

    private final String call;

    Mode(String call) {
      this.call = call;
    }
  }

  LoadSettings {
    keys = List.copyOf(keys);
    adding = List.copyOf(adding);
  }

  Mode chosen() {
    return mode == null ? Mode.APPEND : mode;
  }

  LoadSettings asAppend() {
    return new LoadSettings(create, Mode.APPEND, keys, adding, connections);
  }

  LoadSettings withCreate() {
    return new LoadSettings(true, mode, keys, adding, connections);
  }

  LoadSettings with(Mode next) {
    if (mode != null && mode != next) {
      throw new IllegalArgumentException(
          next.call + " contradicts " + mode.call + " before it: choose one");
    }
    LoadSettings changed = new LoadSettings(create, next, keys, adding, connections);
    changed.checkConnections();
    return changed;
  }

  LoadSettings withKeys(List<String> columns) {
    return new LoadSettings(create, mode, columns, adding, connections).with(Mode.UPSERT);
  }

  LoadSettings withAdding(List<String> columns) {
    if (mode != Mode.UPSERT) {
      throw new IllegalArgumentException(
          "adding(…) needs upsert(…) before it, which says when two records are the same");
    }
    for (String column : columns) {
      if (keys.contains(column)) {
        throw new IllegalArgumentException(
            "column \"" + column + "\" is a key of upsert(…) and cannot be added to");
      }
    }
    return new LoadSettings(create, mode, keys, columns, connections);
  }

  LoadSettings withConnections(int count) {
    if (count < 1 || count > 64) {
      throw new IllegalArgumentException("connections must be from 1 to 64, was " + count);
    }
    LoadSettings changed = new LoadSettings(create, mode, keys, adding, count);
    changed.checkConnections();
    return changed;
  }

  private void checkConnections() {
    if (connections > 1 && mode == Mode.UPSERT) {
      throw new IllegalArgumentException(
          "upsert(…) writes on one connection, connections was "
              + connections
              + ": two would lock the same keys");
    }
  }
}
