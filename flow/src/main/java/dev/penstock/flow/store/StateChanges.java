package dev.penstock.flow.store;

import dev.penstock.data.DataType;
import dev.penstock.data.Json;
import dev.penstock.flow.state.StateName;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.Update;

/// A state that a flow run comes to, as it is remembered: in the history of the run, and as an
/// event. PostgreSQL is told of both at once, to save a round trip for each state.
final class StateChanges {
  /// What flow runs are called where things happen to several kinds of resources.
  static final String FLOW_RUN = "flow-run";

  private static final String PREFIX = "penstock." + FLOW_RUN + ".";

  private static final String HISTORY =
      """
      INSERT INTO flow_run_state (flow_run, name, at, message) VALUES (:run, :state, :now, :message)
      """;
  private static final String EVENT =
      """
      INSERT INTO event (occurred_at, name, resource, resource_id, payload, evaluated)
      VALUES (:now, :event, :resource, :run, :payload, 0)
      """;
  private static final String BOTH = "WITH history AS (" + HISTORY + ") " + EVENT;

  private StateChanges() {}

  static void append(Tx tx, String run, StateName state, String message) {
    List<String> statements =
        switch (tx.dialect()) {
          case POSTGRESQL -> List.of(BOTH);
          case SQLITE -> List.of(HISTORY, EVENT);
        };
    for (String statement : statements) {
      bound(tx.update(statement), run, state, message).bind("now", tx.now()).execute();
    }
  }

  /// The state that an event tells of.
  static StateName state(Event event) {
    return StateName.of(event.name().substring(PREFIX.length()));
  }

  private static Update bound(Update statement, String run, StateName state, String message) {
    String payload = Json.object(Map.of("message", Json.write(message, DataType.Scalar.STRING)));
    return statement
        .bind("run", run)
        .bind("state", state.title())
        .bind("message", message)
        .bind("event", PREFIX + state.title())
        .bind("resource", FLOW_RUN)
        .bind("payload", payload);
  }
}
