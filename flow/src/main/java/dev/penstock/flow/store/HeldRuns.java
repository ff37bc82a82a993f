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
/// @param and further conditions than that a lease holds
/// @param answer the columns that are wanted of each run
record HeldRuns(List<String> columns, String set, String and, String answer) {
  /// How many runs a statement is for: few numbers, so that each is prepared once.
  private static final int[] TOGETHER = {64, 8, 1};

  /// Makes the change.
  ///
  /// @param texts by lease, those of the columns
  /// @return by lease, what was answered; nothing for those that are no longer the run's
  <T> Map<Lease, T> update(
      Tx tx, long at, Map<Lease, List<@Nullable String>> texts, RowMapper<T> answered) {
    Map<Lease, T> answers = new HashMap<>();
    List<Map.Entry<Lease, List<@Nullable String>>> rest = new ArrayList<>(texts.entrySet());
    for (int size : TOGETHER) {
      while (rest.size() >= size) {
        answers.putAll(updateSome(tx, at, rest.subList(0, size), answered));
        rest = rest.subList(size, rest.size());
      }
    }
    return answers;
  }

  private <T> Map<Lease, T> updateSome(
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
    Map<Claim, T> answers =
        query
            .map(row ->
                Map.entry(
                    new Claim(row.getString("id"), row.getLong("fence")),
                    requireNonNull(answered.map(row))))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Map<Lease, T> byLease = new HashMap<>();
    for (Map.Entry<Lease, List<@Nullable String>> each : some) {
      T answer = answers.get(new Claim(each.getKey().run(), each.getKey().fence()));
      if (answer != null) {
        byLease.put(each.getKey(), answer);
      }
    }
    return byLease;
  }

  /// A process may have an old lease of a run beside its new one: only one of them holds.
  private record Claim(String run, long fence) {}

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
        .append(and)
        .append("RETURNING id, flow_run.fence, ")
        .append(answer)
        .toString();
  }
}
