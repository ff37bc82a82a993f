package dev.penstock.flow.automation;

import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.StoredAutomation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of a firing, by the names that templates use.
final class Facts {
  private static final String AUTOMATION = "automation.name";
  private static final String TIME = "time";
  private static final String REASON = "reason";
  private static final String FLOW = "flow.name";
  private static final String RUN_ID = "flow-run.id";
  private static final String RUN_NAME = "flow-run.name";
  private static final String RUN_STATE = "flow-run.state";
  private static final String RUN_MESSAGE = "flow-run.message";
  private static final String RUN_PARAMETERS = "flow-run.parameters";

  static final List<String> NAMES =
      List.of(
          AUTOMATION, FLOW, RUN_ID, RUN_MESSAGE, RUN_NAME, RUN_PARAMETERS, RUN_STATE, REASON, TIME);

  private Facts() {}

  /// Facts of nothing that has happened, to see what a message looks like.
  static Map<String, String> example(String automation) {
    Map<String, String> facts = new LinkedHashMap<>();
    NAMES.forEach(name -> facts.put(name, "(" + name + ")"));
    facts.put(AUTOMATION, automation);
    facts.put(REASON, "this is a test");
    return facts;
  }

  /// @param reason why it fires, for people
  /// @param run null when it is about no single run
  static Map<String, String> of(
      StoredAutomation automation, Instant time, String reason, @Nullable FlowRun run) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(AUTOMATION, automation.name());
    facts.put(TIME, time.toString());
    facts.put(REASON, reason);
    if (run != null) {
      facts.put(FLOW, run.origin().flow());
      facts.put(RUN_ID, run.id());
      facts.put(RUN_NAME, run.name());
      facts.put(RUN_STATE, run.state().name().title());
      facts.put(RUN_MESSAGE, run.state().message());
      facts.put(RUN_PARAMETERS, run.call().parameters());
    }
    return facts;
  }
}
