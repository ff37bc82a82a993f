package dev.penstock.flow.store;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `flow_run`.
final class FlowRunRow {
  private FlowRunRow() {}

  static FlowRun read(ResultSet row) throws SQLException {
    return new FlowRun(
        row.getString("id"),
        row.getString("name"),
        origin(row),
        call(row),
        state(row),
        Tx.instant(row.getLong("due_at")),
        row.getInt("attempt"),
        row.getInt("generation"),
        row.getString("lease_owner"),
        row.getString("result"),
        row.getString("error"),
        times(row));
  }

  private static FlowRun.Origin origin(ResultSet row) throws SQLException {
    return new FlowRun.Origin(
        row.getString("flow"),
        row.getString("deployment"),
        row.getString("pool"),
        row.getString("queue"),
        row.getInt("priority"),
        row.getString("version"),
        row.getString("source"));
  }

  private static FlowRun.Call call(ResultSet row) throws SQLException {
    return new FlowRun.Call(
        row.getString("parameters"),
        Tags.read(row.getString("tags")),
        row.getString("parent"),
        row.getString("root"),
        row.getString("path"),
        instant(row, "interval_from"),
        instant(row, "interval_to"),
        row.getString("idempotency_key"));
  }

  static State state(ResultSet row) throws SQLException {
    return new State(
        StateName.of(row.getString("state_name")),
        Tx.instant(row.getLong("state_at")),
        row.getString("state_message"));
  }

  static FlowRun.Times times(ResultSet row) throws SQLException {
    return new FlowRun.Times(
        Tx.instant(row.getLong("created_at")),
        instant(row, "started_at"),
        instant(row, "ended_at"));
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : Tx.instant(micros);
  }
}
