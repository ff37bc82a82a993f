package dev.penstock.cli.automation;

import dev.penstock.cli.deploy.DeploymentNames;
import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Session;
import dev.penstock.data.BadText;
import dev.penstock.data.DidYouMean;
import dev.penstock.data.ParameterParser;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.automation.Action;
import dev.penstock.flow.automation.Automation;
import dev.penstock.flow.automation.Runs;
import dev.penstock.flow.automation.Trigger;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.yaml.YamlFields;
import dev.penstock.flow.yaml.YamlFile;
import dev.penstock.flow.yaml.YamlNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A file of automations, as YAML or JSON. All that is wrong with it is told at once, with the
/// line.
final class AutomationFile {
  static final String STATE = "state";
  static final String NO_STATE = "no_state";
  static final String STANDSTILL = "standstill";
  static final String ERROR_RATIO = "error_ratio";
  static final String NOTIFY = "notify";
  static final String RUN = "run_deployment";
  static final String PAUSE = "pause_deployment";
  static final String CANCEL = "cancel_run";

  private static final List<String> TRIGGERS = List.of(STATE, NO_STATE, STANDSTILL, ERROR_RATIO);
  private static final List<String> ACTIONS = List.of(NOTIFY, RUN, PAUSE, CANCEL);
  private static final List<String> WHEN =
      List.of(
          STATE,
          NO_STATE,
          "after",
          "within",
          STANDSTILL,
          ERROR_RATIO,
          "at_least",
          "flows",
          "deployments",
          "tags",
          "flow_runs");
  private static final List<String> DO =
      List.of(NOTIFY, "subject", "text", RUN, "parameters", PAUSE, CANCEL);
  private static final int AT_LEAST = 100;

  private final Session session;

  private AutomationFile(Session session) {
    this.session = session;
  }

  /// The automations of a file.
  ///
  /// @throws dev.penstock.flow.yaml.YamlRefused with everything that is wrong
  static List<Automation> read(Session session, Path file) {
    return new YamlFile(file, "automations").read(new AutomationFile(session)::automation);
  }

  private Optional<Automation> automation(YamlNode node) {
    int before = node.problems();
    YamlFields fields = node.fields("an automation", List.of("name", "when", "do"));
    for (String needed : List.of("name", "when", "do")) {
      if (!fields.containsKey(needed)) {
        node.problem("the automation needs " + needed + ":");
      }
    }
    Optional<Trigger> trigger = fields.find("when").flatMap(this::trigger);
    List<Action> actions =
        fields.find("do").stream()
            .flatMap(list -> list.elements("do").stream())
            .flatMap(each -> action(each).stream())
            .toList();
    String name = fields.text("name", "");
    return node.problems() > before || trigger.isEmpty()
        ? Optional.empty()
        : node.checked(() -> new Automation(name, trigger.get(), actions));
  }

  private Optional<Trigger> trigger(YamlNode node) {
    YamlFields fields = node.fields("when", WHEN);
    Optional<String> kind = one(node, fields, "when", TRIGGERS);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    Runs runs =
        new Runs(
            fields.texts("flows"),
            fields.find("deployments").stream()
                .flatMap(list -> list.elements("deployments").stream())
                .map(each -> deployment(each, "a deployment"))
                .toList(),
            fields.texts("tags"),
            fields.texts("flow_runs"));
    return node.checked(() ->
        switch (kind.get()) {
          case STATE -> new Trigger.OnState(runs, states(fields, STATE));
          case NO_STATE ->
              new Trigger.OnAbsence(
                  runs, states(fields, "after"), states(fields, NO_STATE), time(fields, "within"));
          case STANDSTILL -> new Trigger.OnStandstill(runs, time(fields, STANDSTILL));
          default ->
              new Trigger.OnErrorRatio(
                  runs,
                  number(fields, ERROR_RATIO, ""),
                  (long) number(fields, "at_least", String.valueOf(AT_LEAST)));
        });
  }

  private Optional<Action> action(YamlNode node) {
    YamlFields fields = node.fields("an action", DO);
    return one(node, fields, "an action", ACTIONS)
        .flatMap(kind ->
            node.checked(() ->
                switch (kind) {
                  case NOTIFY -> notify(fields);
                  case RUN ->
                      new Action.RunDeployment(
                          deployment(fields, kind), JsonTree.write(fields.object("parameters")));
                  case PAUSE -> new Action.PauseDeployment(deployment(fields, kind));
                  default -> new Action.CancelRun();
                }));
  }

  private static Action notify(YamlFields fields) {
    String block = fields.text(NOTIFY, "");
    String[] parts = block.split("/", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "notify: names a block by type and name, such as slack-webhook/ops, was \""
              + block
              + "\"");
    }
    return new Action.Notify(
        parts[0],
        parts[1],
        fields.text("subject", "{{flow.name}}: {{flow-run.state}}"),
        fields.text("text", "{{flow-run.name}}: {{reason}}"));
  }

  private static Optional<String> one(
      YamlNode node, YamlFields fields, String what, List<String> kinds) {
    List<String> found = kinds.stream().filter(fields::containsKey).toList();
    if (found.size() != 1) {
      node.problem(what + " needs one of " + String.join(":, ", kinds) + ":");
      return Optional.empty();
    }
    return Optional.of(found.getFirst());
  }

  private static Set<StateName> states(YamlFields fields, String name) {
    List<String> titles = Arrays.stream(StateName.values()).map(StateName::title).toList();
    Set<StateName> states = new LinkedHashSet<>();
    for (String text : fields.texts(name)) {
      if (!titles.contains(text)) {
        throw new IllegalArgumentException(
            name + ": there is no state \"" + text + "\"" + DidYouMean.hint(text, titles));
      }
      states.add(StateName.of(text));
    }
    return states;
  }

  private static Duration time(YamlFields fields, String name) {
    try {
      return (Duration) ParameterParser.parse(fields.text(name, ""), Duration.class);
    } catch (BadText e) {
      throw new IllegalArgumentException(
          name + ": must be a time, such as 10m or 2h, was \"" + fields.text(name, "") + "\"", e);
    }
  }

  private static double number(YamlFields fields, String name, String otherwise) {
    String text = fields.text(name, otherwise);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": must be a number, was \"" + text + "\"", e);
    }
  }

  private String deployment(YamlFields fields, String name) {
    return fields.find(name).map(node -> deployment(node, name)).orElse("");
  }

  /// The id of a deployment that is there.
  private String deployment(YamlNode node, String what) {
    try {
      return DeploymentNames.find(session, node.text(what)).id();
    } catch (IllegalArgumentException | CommandFailed e) {
      node.problem(String.valueOf(e.getMessage()));
      return "";
    }
  }
}
