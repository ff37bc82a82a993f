package dev.penstock.cli.runs;

import dev.penstock.cli.session.Ages;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.Session;
import dev.penstock.cli.session.Table;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.state.State;
import dev.penstock.flow.store.FlowRun;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Flow runs as commands show them.
final class FlowRunText {
  private FlowRunText() {}

  static Listing<FlowRun> listing(Session session) {
    Instant now = session.clock().instant();
    return new Listing<>(
        "no flow runs",
        List.of(
            new Listing.Column<>("ID", FlowRun::id, Table.Fit.SHORTEN),
            new Listing.Column<>("NAME", FlowRun::name),
            new Listing.Column<>("FLOW", run -> run.origin().flow()),
            new Listing.Column<>("STATE", run -> state(session, run.state())),
            new Listing.Column<>("CREATED", run -> Ages.of(run.times().created(), now))),
        FlowRunText::json);
  }

  static String state(Session session, State state) {
    return session.colored(state.name().title(), state.type());
  }

  /// What scripts see; its members are a promise.
  static SequencedMap<String, @Nullable Object> json(FlowRun run) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", run.id());
    json.put("name", run.name());
    json.put("flow", run.origin().flow());
    json.putAll(state(run.state()));
    json.put("created", text(run.times().created()));
    json.put("started", text(run.times().started()));
    json.put("ended", text(run.times().ended()));
    json.put("elapsedMillis", elapsed(run.times()));
    json.put("attempt", run.attempt());
    json.put("parameters", JsonTree.read(run.call().parameters()));
    json.put("tags", run.call().tags());
    json.put("deployment", run.origin().deployment());
    json.put("pool", run.origin().pool());
    json.put("queue", run.origin().queue());
    json.put("version", run.origin().version());
    json.put("source", run.origin().source());
    json.put("parent", run.call().parent());
    json.put("intervalFrom", text(run.call().intervalFrom()));
    json.put("intervalTo", text(run.call().intervalTo()));
    return json;
  }

  /// The state as members of what is in it.
  static Map<String, String> state(State state) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("state", state.name().title());
    json.put("stateType", state.type().name());
    json.put("stateAt", state.at().toString());
    json.put("stateMessage", state.message());
    return json;
  }

  static List<Map<String, String>> history(List<State> states) {
    return states.stream().map(FlowRunText::past).toList();
  }

  private static Map<String, String> past(State state) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("at", state.at().toString());
    json.put("state", state.name().title());
    json.put("message", state.message());
    return json;
  }

  static @Nullable Long elapsed(FlowRun.Times times) {
    return times.started() == null || times.ended() == null
        ? null
        : Duration.between(times.started(), times.ended()).toMillis();
  }

  static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  static @Nullable Object tree(@Nullable String json) {
    return json == null ? null : JsonTree.read(json);
  }
}
