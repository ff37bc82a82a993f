package dev.penstock.server.pages;

import dev.penstock.data.ParameterParser;
import dev.penstock.flow.automation.Action;
import dev.penstock.flow.automation.Automation;
import dev.penstock.flow.automation.Runs;
import dev.penstock.flow.automation.Trigger;
import dev.penstock.flow.state.StateName;
import dev.penstock.server.web.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Automations as the form has them: a trigger and up to two actions.
final class AutomationForm {
  /// How many actions the form has room for.
  static final int ACTIONS = 2;

  private final Fields typed;
  private final Map<String, String> wrongs = new LinkedHashMap<>();

  private AutomationForm(Fields typed) {
    this.typed = typed;
  }

  /// What was typed does not make an automation.
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, String> wrongs;

    private Wrong(Map<String, String> wrongs) {
      this.wrongs = Map.copyOf(wrongs);
    }

    /// By the name of the field.
    Map<String, String> wrongs() {
      return wrongs;
    }
  }

  /// What was typed, as an automation.
  static Automation read(Fields typed) throws Wrong {
    return new AutomationForm(typed).automation();
  }

  private Automation automation() throws Wrong {
    String name = typed.first("name").orElse("");
    if (name.isEmpty()) {
      wrongs.put("name", "give it a name, such as tell-ops");
    }
    List<Action> actions = new ArrayList<>();
    for (int i = 1; i <= ACTIONS; i++) {
      action(i, actions);
    }
    Trigger trigger = trigger();
    if (actions.isEmpty() && wrongs.isEmpty()) {
      wrongs.put("do1", "choose what is to be done");
    }
    if (!wrongs.isEmpty()) {
      throw new Wrong(wrongs);
    }
    return new Automation(name, trigger, actions);
  }

  private Trigger trigger() {
    Runs runs =
        new Runs(
            EditForm.list(typed, "flows"),
            typed.all("deployments"),
            EditForm.list(typed, "tags"),
            EditForm.list(typed, "names"));
    Trigger otherwise = new Trigger.OnState(runs, Set.of(StateName.FAILED));
    try {
      return switch (typed.first("when").orElse("state")) {
        case "absence" ->
            new Trigger.OnAbsence(runs, states("after"), states("expected"), duration("within"));
        case "standstill" -> new Trigger.OnStandstill(runs, duration("lasting"));
        case "errors" ->
            new Trigger.OnErrorRatio(runs, number("above") / 100, (long) number("least"));
        default -> new Trigger.OnState(runs, states("states"));
      };
    } catch (IllegalArgumentException e) {
      wrongs.putIfAbsent("when", String.valueOf(e.getMessage()));
      return otherwise;
    }
  }

  private Set<StateName> states(String field) {
    return Arrays.stream(StateName.values())
        .filter(state -> typed.all(field).contains(state.title()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Duration duration(String field) {
    try {
      return (Duration) ParameterParser.parse(typed.first(field).orElse(""), Duration.class);
    } catch (IllegalArgumentException e) {
      wrongs.put(field, e.getMessage() + "; write a time such as 30m or 2h");
      return Duration.ofHours(1);
    }
  }

  private double number(String field) {
    try {
      return Double.parseDouble(typed.first(field).orElse(""));
    } catch (NumberFormatException e) {
      wrongs.put(field, "\"" + typed.first(field).orElse("") + "\" is no number");
      return 1;
    }
  }

  private void action(int number, List<Action> actions) {
    String what = typed.first("do" + number).orElse("");
    try {
      switch (what) {
        case "notify" -> actions.add(notify(number));
        case "run" ->
            actions.add(
                new Action.RunDeployment(
                    needed("deployment" + number, "choose a deployment"),
                    typed.first("parameters" + number).orElse("{}")));
        case "pause" ->
            actions.add(
                new Action.PauseDeployment(needed("deployment" + number, "choose a deployment")));
        case "cancel" -> actions.add(new Action.CancelRun());
        default -> {}
      }
    } catch (IllegalArgumentException e) {
      wrongs.putIfAbsent("do" + number, String.valueOf(e.getMessage()));
    }
  }

  private Action notify(int number) {
    String channel = needed("channel" + number, "choose a block to notify over");
    int slash = channel.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("choose a block to notify over");
    }
    return new Action.Notify(
        channel.substring(0, slash),
        channel.substring(slash + 1),
        typed.first("subject" + number).orElse(""),
        typed.first("text" + number).orElse(""));
  }

  private String needed(String field, String otherwise) {
    return typed
        .first(field)
        .orElseThrow(() -> {
          wrongs.put(field, otherwise);
          return new IllegalArgumentException(otherwise);
        });
  }

  /// An automation, as it stands in the fields.
  static EditForm of(Automation automation) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("name", automation.name());
    Runs runs = automation.trigger().runs();
    values.put("flows", String.join(", ", runs.flows()));
    values.put("deployments", String.join(",", runs.deployments()));
    values.put("tags", String.join(", ", runs.tags()));
    values.put("names", String.join(", ", runs.names()));
    switch (automation.trigger()) {
      case Trigger.OnState on -> {
        values.put("when", "state");
        values.put("states", titles(on.states()));
      }
      case Trigger.OnAbsence on -> {
        values.put("when", "absence");
        values.put("after", titles(on.after()));
        values.put("expected", titles(on.expected()));
        values.put("within", text(on.within()));
      }
      case Trigger.OnStandstill on -> {
        values.put("when", "standstill");
        values.put("lasting", text(on.lasting()));
      }
      case Trigger.OnErrorRatio on -> {
        values.put("when", "errors");
        values.put("above", String.valueOf(on.above() * 100));
        values.put("least", String.valueOf(on.atLeast()));
      }
    }
    for (int i = 0; i < Math.min(ACTIONS, automation.actions().size()); i++) {
      put(values, i + 1, automation.actions().get(i));
    }
    return EditForm.of(values);
  }

  private static void put(Map<String, String> values, int number, Action action) {
    switch (action) {
      case Action.Notify notify -> {
        values.put("do" + number, "notify");
        values.put("channel" + number, notify.type() + "/" + notify.block());
        values.put("subject" + number, notify.subject());
        values.put("text" + number, notify.text());
      }
      case Action.RunDeployment run -> {
        values.put("do" + number, "run");
        values.put("deployment" + number, run.deployment());
        values.put("parameters" + number, run.parameters());
      }
      case Action.PauseDeployment pause -> {
        values.put("do" + number, "pause");
        values.put("deployment" + number, pause.deployment());
      }
      case Action.CancelRun _ -> values.put("do" + number, "cancel");
    }
  }

  private static String titles(Collection<StateName> states) {
    return states.stream().map(StateName::title).sorted().collect(Collectors.joining(","));
  }

  /// As it is typed: `PT1H30M` is `1h30m`.
  static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
