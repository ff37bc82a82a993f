package dev.penstock.flow.store;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A change of flow runs, made to those that their leases still hold. One statement for many runs
/// costs little more than for one.
///
/// @param columns names of texts that each lease brings with it, in the statement `held.NAME`
/// @param set what follows `SET`, with the parameter `:at`
/// @param answer what follows the condition that a lease holds: further conditions, and `RETURNING`
///   with what is wanted of each run beside its id
record HeldRuns(List<String> columns, String set, String answer) {
  /// How many runs a statement is for: few numbers, so that each is prepared once.
  private static final int[] TOGETHER = {64, 8, 1};

  /// Makes the change.
  ///
  /// @param texts by lease, those of the columns
  /// @return by the id of the run, what was answered; nothing for those that are no longer held
  <T> Map<String, T> update(
      Tx tx, long at, Map<Lease, List<@Nullable String>> texts, RowMapper<T> answered) {
    Map<String, T> answers = new HashMap<>();
    List<Map.Entry<Lease, List<@Nullable String>>> rest = new ArrayList<>(texts.entrySet());
    for (int size : TOGETHER) {
      while (rest.size() >= size) {
        answers.putAll(updateSome(tx, at, rest.subList(0, size), answered));
        rest = rest.subList(size, rest.size());
      }
    }
    return answers;
  }

  private <T> Map<String, T> updateSome(
      Tx tx, long at, List<Map.Entry<Lease, List<@Nullable String>>> some, RowMapper<T> answered) {
    Query query = tx.query(statement(some.size())).bind("at", at);
    for (int i = 0; i < some.size(); i++) {
      Lease lease = some.get(i).getKey();
      query
          .bind("run" + i, lease.run())
          .bind("fence" + i, lease.fence())
          .bind("owner" + i, lease.owner());
      for (int column = 0; column < columns.size(); column++) {
        query.bind(columns.get(column) + i, some.get(i).getValue().get(column));
      }
    }
    return query
        .map(row -> Map.entry(row.getString("id"), requireNonNull(answered.map(row))))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private String statement(int runs) {
    StringBuilder sql = new StringBuilder("WITH held (run, fence, owner");
    columns.forEach(column -> sql.append(", ").append(column));
    sql.append(") AS (VALUES ");
    for (int i = 0; i < runs; i++) {
      sql.append(i == 0 ? "(" : ", (").append(":run%1$d, :fence%1$d, :owner%1$d".formatted(i));
      for (String column : columns) {
        sql.append(", :").append(column).append(i);
      }
      sql.append(')');
    }
    return sql.append(")\nUPDATE flow_run SET ")
        .append(set)
        .append(
            """

            FROM held
            WHERE id = held.run AND flow_run.fence = held.fence AND lease_owner = held.owner
            """)
        .append(answer)
        .toString();
  }
}
