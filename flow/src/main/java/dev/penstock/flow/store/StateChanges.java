package dev.penstock.flow.store;

import dev.penstock.data.DataType;
import dev.penstock.data.Json;
import dev.penstock.flow.state.StateName;
import java.util.Map;

/// The states that flow runs come to, as events.
final class StateChanges {
  /// What flow runs are called where things happen to several kinds of resources.
  static final String FLOW_RUN = "flow-run";

  private static final String PREFIX = "penstock." + FLOW_RUN + ".";

  private StateChanges() {}

  /// The name of the event of a state.
  static String event(StateName state) {
    return PREFIX + state.title();
  }

  /// The state that an event tells of.
  static StateName state(Event event) {
    return StateName.of(event.name().substring(PREFIX.length()));
  }

  /// What an event tells of a state, as JSON.
  static String payload(String message) {
    return Json.object(Map.of("message", Json.write(message, DataType.Scalar.STRING)));
  }
}
