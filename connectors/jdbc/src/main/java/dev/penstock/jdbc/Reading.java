package dev.penstock.jdbc;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// How rows are read: in which order, in how many ranges, over how many connections.
///
/// @param order the column of the key that orders them; null if nothing does
/// @param split the column of their ranges; null if there are none
/// @param ranges how many; 0 if there are none
/// @param connections how many at most; 0 if not said
record Reading(@Nullable String order, @Nullable String split, int ranges, int connections)
    implements Serializable {
  static final Reading PLAIN = new Reading(null, null, 0, 0);
  private static final int MOST_RANGES = 1_000;
  private static final int MOST_CONNECTIONS = 64;
  private static final int USUAL_CONNECTIONS = 8;

  Reading orderedBy(String column) {
    refuseSecond("orderedBy", order);
    Identifier.quote(column);
    refuseTwoColumns("orderedBy", column, "splitBy", split);
    return new Reading(column, split, ranges, connections);
  }

  Reading splitBy(String column, int count) {
    refuseSecond("splitBy", split);
    Identifier.quote(column);
    refuseTwoColumns("splitBy", column, "orderedBy", order);
    if (count < 1 || count > MOST_RANGES) {
      throw new IllegalArgumentException(
          "splitBy takes 1 to %d ranges, was %d".formatted(MOST_RANGES, count));
    }
    return new Reading(order, column, count, connections);
  }

  Reading over(int count) {
    if (split == null) {
      throw new IllegalArgumentException(
          "connections(%d) needs splitBy(column, ranges) before it".formatted(count));
    }
    if (count < 1 || count > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "connections must be from 1 to %d, was %d".formatted(MOST_CONNECTIONS, count));
    }
    return new Reading(order, split, ranges, count);
  }

  private static void refuseSecond(String call, @Nullable String column) {
    if (column != null) {
      throw new IllegalArgumentException(
          "%s was said already, with \"%s\": choose one".formatted(call, column));
    }
  }

  private static void refuseTwoColumns(
      String call, String column, String earlier, @Nullable String earlierColumn) {
    if (earlierColumn != null && !earlierColumn.equals(column)) {
      throw new IllegalArgumentException(
          "%s(\"%s\") contradicts %s(\"%s\") before it: ranges are read in the order of their own column"
              .formatted(call, column, earlier, earlierColumn));
    }
  }

  /// Over how many connections ranges are read at once.
  int atOnce() {
    return Math.min(Math.max(1, ranges), connections == 0 ? USUAL_CONNECTIONS : connections);
  }
}
