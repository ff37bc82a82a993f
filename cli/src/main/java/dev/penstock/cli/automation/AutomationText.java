package dev.penstock.cli.automation;

import dev.penstock.cli.session.Session;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.automation.Action;
import dev.penstock.flow.automation.Automation;
import dev.penstock.flow.automation.Automations;
import dev.penstock.flow.automation.Runs;
import dev.penstock.flow.automation.Trigger;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.StoredAutomation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Automations as commands show them: as they stand in an [AutomationFile].
record AutomationText(Session session) {

  SequencedMap<String, @Nullable Object> json(StoredAutomation stored) {
    Automation automation = Automations.parse(stored.name(), stored.definition());
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", stored.name());
    json.put("status", stored.enabled() ? "ENABLED" : "PAUSED");
    json.put("since", stored.since());
    json.put("when", when(automation.trigger()));
    json.put("do", automation.actions().stream().map(this::action).toList());
    return json;
  }

  private SequencedMap<String, @Nullable Object> when(Trigger trigger) {
    SequencedMap<String, @Nullable Object> when = new LinkedHashMap<>();
    switch (trigger) {
      case Trigger.OnState on -> when.put(AutomationFile.STATE, titles(on.states()));
      case Trigger.OnAbsence on -> {
        when.put(AutomationFile.NO_STATE, titles(on.expected()));
        when.put("within", on.within().toString());
        putAll(when, "after", titles(on.after()));
      }
      case Trigger.OnStandstill on -> when.put(AutomationFile.STANDSTILL, on.lasting().toString());
      case Trigger.OnErrorRatio on -> {
        when.put(AutomationFile.ERROR_RATIO, on.above());
        when.put("at_least", on.atLeast());
      }
    }
    Runs runs = trigger.runs();
    putAll(when, "flows", runs.flows());
    putAll(when, "deployments", runs.deployments().stream().map(this::deployment).toList());
    putAll(when, "tags", runs.tags());
    putAll(when, "flow_runs", runs.names());
    return when;
  }

  private static List<String> titles(Collection<StateName> states) {
    return states.stream().map(StateName::title).sorted().toList();
  }

  private static void putAll(
      SequencedMap<String, @Nullable Object> when, String name, List<String> values) {
    if (!values.isEmpty()) {
      when.put(name, values);
    }
  }

  /// What an action does, by the names of the file.
  SequencedMap<String, @Nullable Object> action(Action action) {
    SequencedMap<String, @Nullable Object> does = new LinkedHashMap<>();
    switch (action) {
      case Action.Notify notify -> {
        does.put(AutomationFile.NOTIFY, notify.type() + "/" + notify.block());
        does.put("subject", notify.subject());
        does.put("text", notify.text());
      }
      case Action.RunDeployment run -> {
        does.put(AutomationFile.RUN, deployment(run.deployment()));
        does.put("parameters", JsonTree.read(run.parameters()));
      }
      case Action.PauseDeployment pause ->
          does.put(AutomationFile.PAUSE, deployment(pause.deployment()));
      case Action.CancelRun _ -> does.put(AutomationFile.CANCEL, true);
    }
    return does;
  }

  /// An action that was begun, in a few words: `notify slack-webhook/ops`.
  String line(String action) {
    Map.Entry<String, @Nullable Object> first =
        action(Automations.parseAction(action)).entrySet().iterator().next();
    return first.getValue() instanceof String what ? first.getKey() + " " + what : first.getKey();
  }

  /// Its name; its id when it was deleted since.
  private String deployment(String id) {
    return session.store().deployments().find(id).map(Deployment::fullName).orElse(id);
  }
}
