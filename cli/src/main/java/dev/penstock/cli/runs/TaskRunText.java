package dev.penstock.cli.runs;

import dev.penstock.cli.session.Ages;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.Session;
import dev.penstock.cli.session.Table;
import dev.penstock.flow.store.TaskRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Task runs as commands show them.
final class TaskRunText {
  private TaskRunText() {}

  static Listing<TaskRun> listing(Session session) {
    Instant now = session.clock().instant();
    return new Listing<>(
        "no task runs",
        List.of(
            new Listing.Column<>("ID", TaskRun::id, Table.Fit.SHORTEN),
            new Listing.Column<>("NAME", task -> task.key().name()),
            new Listing.Column<>("STATE", task -> FlowRunText.state(session, task.state())),
            new Listing.Column<>("ATTEMPT", task -> String.valueOf(task.attempt())),
            new Listing.Column<>("CREATED", task -> Ages.of(task.times().created(), now))),
        TaskRunText::json);
  }

  /// What scripts see; its members are a promise.
  static SequencedMap<String, @Nullable Object> json(TaskRun task) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", task.id());
    json.put("name", task.key().name());
    json.put("task", task.key().task());
    json.put("flowRun", task.key().flowRun());
    json.put("subflowRun", task.key().child());
    json.putAll(FlowRunText.state(task.state()));
    json.put("created", FlowRunText.text(task.times().created()));
    json.put("started", FlowRunText.text(task.times().started()));
    json.put("ended", FlowRunText.text(task.times().ended()));
    json.put("elapsedMillis", FlowRunText.elapsed(task.times()));
    json.put("attempt", task.attempt());
    json.put("tags", task.tags());
    return json;
  }
}
