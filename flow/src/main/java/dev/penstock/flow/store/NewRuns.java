package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes flow runs, each once.
final class NewRuns {
  private NewRuns() {}

  static FlowRun create(Tx tx, NewFlowRun run) {
    return insert(tx, run).orElseGet(() -> before(tx, run));
  }

  /// Nothing when it is there already, be it made by another process at the same time.
  private static Optional<FlowRun> insert(Tx tx, NewFlowRun run) {
    FlowRun.Origin origin = run.origin();
    FlowRun.Call call = run.call();
    IndexedText.checkTags(call.tags());
    if (call.idempotencyKey() != null) {
      IndexedText.check("an idempotency key", call.idempotencyKey());
    }
    Optional<FlowRun> made =
        tx.query(
                """
                INSERT INTO flow_run (id, name, flow, deployment, pool, queue, priority, version,
                  source, parameters, tags, parent, root, path, interval_from, interval_to,
                  idempotency_key, state_type, state_name, state_at, state_message, due_at,
                  attempt, crashes, generation, fence, created_at)
                VALUES (:id, :name, :flow, :deployment, :pool, :queue, :priority, :version,
                  :source, :parameters, :tags, :parent, :root, :path, :from, :to,
                  :key, 'SCHEDULED', 'Scheduled', :now, '', :due,
                  0, 0, 0, 0, :now)
                ON CONFLICT DO NOTHING RETURNING *
                """)
            .bind("id", run.id())
            .bind("name", run.name())
            .bind("flow", origin.flow())
            .bind("deployment", origin.deployment())
            .bind("pool", origin.pool())
            .bind("queue", origin.queue())
            .bind("priority", origin.priority())
            .bind("version", origin.version())
            .bind("source", origin.source())
            .bind("parameters", call.parameters())
            .bind("tags", Tags.write(call.tags()))
            .bind("parent", call.parent())
            .bind("root", call.root())
            .bind("path", call.path())
            .bind("from", micros(call.intervalFrom()))
            .bind("to", micros(call.intervalTo()))
            .bind("key", call.idempotencyKey())
            .bind("now", tx.now())
            .bind("due", run.due() == null ? tx.now() : Tx.micros(run.due()))
            .map(FlowRunRow::read)
            .findOne();
    made.ifPresent(_ -> {
      tag(tx, run.id(), call.tags());
      tx.entered(Histories.Of.FLOW_RUN, run.id(), StateName.SCHEDULED, "");
      if (origin.pool() != null) {
        tx.wake(SqlFlowRuns.pool(origin.pool()));
      }
    });
    return made;
  }

  private static void tag(Tx tx, String run, List<String> tags) {
    for (String tag : tags) {
      tx.update(
              "INSERT INTO flow_run_tag (tag, flow_run) VALUES (:tag, :run) ON CONFLICT DO NOTHING")
          .bind("tag", tag)
          .bind("run", run)
          .execute();
    }
  }

  private static FlowRun before(Tx tx, NewFlowRun run) {
    return SqlFlowRuns.find(tx, "id = :value", run.id())
        .or(() ->
            Optional.ofNullable(run.call().idempotencyKey())
                .flatMap(key -> SqlFlowRuns.find(tx, "idempotency_key = :value", key)))
        .orElseThrow(() ->
            new IllegalStateException(
                "flow run " + run.id() + " was neither made nor there: it was deleted meanwhile"));
  }

  private static @Nullable Long micros(@Nullable Instant at) {
    return at == null ? null : Tx.micros(at);
  }
}
