package dev.penstock.server.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.server.view.Look;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Which runs are wanted, as an address says it.
///
/// @param text part of the name of the run or of its flow
/// @param state a state, or a group of them such as `failing`; empty for any
public record RunsQuery(
    String text, String state, String flow, String deployment, String tag, Period made) {

  /// States that people look for together.
  public enum Group {
    FAILING("Failed or crashed", StateName.FAILED, StateName.TIMED_OUT, StateName.CRASHED),
    WAITING(
        "Waiting",
        StateName.LATE,
        StateName.AWAITING_CONCURRENCY_SLOT,
        StateName.AWAITING_RETRY,
        StateName.PAUSED,
        StateName.SUSPENDED),
    ACTIVE(
        "Running", StateName.PENDING, StateName.SUBMITTING, StateName.RUNNING, StateName.RETRYING);

    private final String title;
    private final List<StateName> states;

    Group(String title, StateName... states) {
      this.title = title;
      this.states = List.of(states);
    }

    public String title() {
      return title;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param zone of times that are written without one
  static RunsQuery of(Fields query, ZoneId zone) {
    List<Refused.Field> wrong = new ArrayList<>();
    RunsQuery wanted =
        new RunsQuery(
            query.first("q").orElse(""),
            query.first("state").orElse(""),
            query.first("flow").orElse(""),
            query.first("deployment").orElse(""),
            query.first("tag").orElse(""),
            Period.of(query, zone, wrong));
    if (!wanted.state.isEmpty() && wanted.states().isEmpty()) {
      wrong.add(
          new Refused.Field(
              "state",
              "\""
                  + wanted.state
                  + "\" is no state: write one such as Failed, or failing, waiting or active"));
    }
    if (!wrong.isEmpty()) {
      throw new Refused(
          400,
          "These filters cannot be used",
          wrong.stream().map(Refused.Field::message).collect(Collectors.joining("; ")),
          wrong);
    }
    return wanted;
  }

  private List<StateName> states() {
    for (Group group : Group.values()) {
      if (group.word().equals(state)) {
        return group.states;
      }
    }
    return Arrays.stream(StateName.values()).filter(name -> name.title().equals(state)).toList();
  }

  RunFilter filter(Instant now) {
    return new RunFilter(
        flow.isEmpty() ? List.of() : List.of(flow),
        deployment.isEmpty() ? List.of() : List.of(deployment),
        states(),
        tag.isEmpty() ? List.of() : List.of(tag),
        text.isEmpty() ? null : text,
        null,
        made.from(now),
        made.until());
  }

  public boolean any() {
    return !(text + state + flow + deployment + tag).isEmpty() || !made.isUsual();
  }

  /// The same, as the query of an address.
  public String address() {
    Map<String, String> all = besidesTime();
    if (made.between()) {
      put(all, "since", made.since() == null ? "" : made.since().toString());
      put(all, "until", made.until() == null ? "" : made.until().toString());
    } else {
      put(all, "within", made.isUsual() ? "" : made.within());
    }
    return all.entrySet().stream()
        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  /// What is wanted, by the names that it has in an address, but for the time.
  public Map<String, String> besidesTime() {
    Map<String, String> rest = new LinkedHashMap<>();
    put(rest, "q", text);
    put(rest, "state", state);
    put(rest, "flow", flow);
    put(rest, "deployment", deployment);
    put(rest, "tag", tag);
    return rest;
  }

  private static void put(Map<String, String> all, String name, String value) {
    if (!value.isEmpty()) {
      all.put(name, value);
    }
  }

  public RunsQuery withState(String other) {
    return new RunsQuery(text, other, flow, deployment, tag, made);
  }

  /// The same of any tag.
  public RunsQuery untagged() {
    return new RunsQuery(text, state, flow, deployment, "", made);
  }

  /// The same of the usual time.
  public RunsQuery usually() {
    return new RunsQuery(text, state, flow, deployment, tag, Period.USUAL);
  }

  /// The same of any time.
  public RunsQuery ever() {
    return new RunsQuery(text, state, flow, deployment, tag, Period.within("all"));
  }

  /// All states that can be chosen.
  public static List<StateName> known() {
    return List.of(StateName.values());
  }

  public static String word(StateName state) {
    return Look.of(state).word();
  }
}
