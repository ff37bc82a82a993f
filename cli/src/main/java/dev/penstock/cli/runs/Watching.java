package dev.penstock.cli.runs;

import static java.util.stream.Collectors.joining;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.FlowRun;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Shows where a flow run is, with each change.
public record Watching(Session session, OutputOption output) {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  /// What is shown, again when it is another.
  private record Sight(State state, Map<String, Integer> tasks) {}

  /// Shows it until it is over.
  ///
  /// @return whether it has completed
  public boolean untilOver(FlowRun found) throws InterruptedException {
    @Nullable Sight shown = null;
    while (true) {
      Sight sight = look(found);
      if (!sight.equals(shown)) {
        session.say(output.json() ? json(found, sight) : text(sight));
        shown = sight;
      }
      if (sight.state().type().isFinal()) {
        return sight.state().type() == StateType.COMPLETED;
      }
      session.clock().sleep(LOOK_AGAIN.toNanos());
    }
  }

  private Sight look(FlowRun found) {
    State state =
        Runs.of(session)
            .find(found.id())
            .orElseThrow(
                () -> new CommandFailed("flow run '" + found.name() + "' has been deleted"))
            .state();
    Map<String, Integer> tasks = new LinkedHashMap<>();
    Runs.of(session)
        .taskStates(found.id())
        .forEach((name, count) -> tasks.put(name.title(), count));
    return new Sight(state, tasks);
  }

  private String text(Sight sight) {
    LocalTime at =
        LocalTime.ofInstant(sight.state().at(), session.zone()).truncatedTo(ChronoUnit.SECONDS);
    String message = sight.state().message();
    String tasks =
        sight.tasks().entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(joining(", "));
    return "since %tT  %s%s%s"
        .formatted(
            at,
            FlowRunText.state(session, sight.state()),
            message.isEmpty() ? "" : ": " + message,
            tasks.isEmpty() ? "" : "  tasks: " + tasks);
  }

  private static String json(FlowRun found, Sight sight) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", found.id());
    json.put("name", found.name());
    json.putAll(FlowRunText.state(sight.state()));
    json.put("tasks", sight.tasks());
    return JsonTree.write(json);
  }
}
