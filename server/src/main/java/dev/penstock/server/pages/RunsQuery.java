package dev.penstock.server.pages;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.server.view.Look;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Which runs are wanted, as an address says it.
///
/// @param text part of the name of the run or of its flow
/// @param state a state, or a group of them such as `failing`; empty for any
/// @param within `1h`, `24h`, `7d`, `30d` or `all`
public record RunsQuery(
    String text, String state, String flow, String deployment, String tag, String within) {

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

  static final String DEFAULT_WITHIN = "24h";

  static RunsQuery of(Fields query) {
    RunsQuery wanted =
        new RunsQuery(
            query.first("q").orElse(""),
            query.first("state").orElse(""),
            query.first("flow").orElse(""),
            query.first("deployment").orElse(""),
            query.first("tag").orElse(""),
            query.first("within").orElse(DEFAULT_WITHIN));
    List<Refused.Field> wrong = new ArrayList<>();
    if (!List.of("1h", "24h", "7d", "30d", "all").contains(wanted.within)) {
      wrong.add(
          new Refused.Field(
              "within", "\"" + wanted.within + "\" is no time: write 1h, 24h, 7d, 30d or all"));
    }
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

  /// Where the time that is wanted begins.
  Instant from(Instant now) {
    return switch (within) {
      case "1h" -> now.minus(Duration.ofHours(1));
      case "7d" -> now.minus(Duration.ofDays(7));
      case "30d", "all" -> now.minus(Duration.ofDays(30));
      default -> now.minus(Duration.ofDays(1));
    };
  }

  RunFilter filter(Instant now) {
    return new RunFilter(
        flow.isEmpty() ? List.of() : List.of(flow),
        deployment.isEmpty() ? List.of() : List.of(deployment),
        states(),
        tag.isEmpty() ? List.of() : List.of(tag),
        text.isEmpty() ? null : text,
        null,
        within.equals("all") ? null : from(now),
        null);
  }

  public boolean any() {
    return !(text + state + flow + deployment + tag).isEmpty() || !within.equals(DEFAULT_WITHIN);
  }

  /// The same, as the query of an address.
  public String address() {
    List<String> parts = new ArrayList<>();
    add(parts, "q", text);
    add(parts, "state", state);
    add(parts, "flow", flow);
    add(parts, "deployment", deployment);
    add(parts, "tag", tag);
    add(parts, "within", within.equals(DEFAULT_WITHIN) ? "" : within);
    return String.join("&", parts);
  }

  private static void add(List<String> parts, String name, String value) {
    if (!value.isEmpty()) {
      parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  public RunsQuery withState(String other) {
    return new RunsQuery(text, other, flow, deployment, tag, within);
  }

  /// All states that can be chosen.
  public static List<StateName> known() {
    return List.of(StateName.values());
  }

  public static String word(StateName state) {
    return Look.of(state).word();
  }
}
