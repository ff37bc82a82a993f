package dev.penstock.flow.store;

import dev.penstock.flow.store.StoredArtifact.Draft;
import dev.penstock.flow.store.StoredArtifact.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What runs have left for people to look at: tables, Markdown, links, progress, images. They are
/// deleted with their flow run.
public final class Artifacts {
  private static final String UPSERT =
      """
      INSERT INTO artifact
        (id, flow_run, task_run, kind, key, description, data, created_at, updated_at)
      VALUES (:id, :run, :task, :kind, :key, :description, :data, :now, :now)
      ON CONFLICT (id) DO UPDATE SET task_run = excluded.task_run, kind = excluded.kind,
        key = excluded.key, description = excluded.description, data = excluded.data,
        updated_at = excluded.updated_at
      """;

  private final Database database;

  Artifacts(Database database) {
    this.database = database;
  }

  /// Writes one, in place of one with its id.
  ///
  /// @throws Fenced when another has taken the flow run since
  public void write(Lease lease, Draft artifact) {
    database.write(tx -> upsert(tx, lease, artifact));
  }

  /// The same without waiting for it; what comes after it is written after it.
  public CompletableFuture<Void> writeSoon(Lease lease, Draft artifact) {
    return database.submit(tx -> upsert(tx, lease, artifact));
  }

  private static int upsert(Tx tx, Lease lease, Draft artifact) {
    tx.require(lease);
    return tx.update(UPSERT)
        .bind("id", artifact.id())
        .bind("run", lease.run())
        .bind("task", artifact.taskRun())
        .bind("kind", artifact.kind().word())
        .bind("key", artifact.key())
        .bind("description", artifact.description())
        .bind("data", artifact.data())
        .bind("now", tx.now())
        .execute();
  }

  /// The newest version of each key, the newest first.
  ///
  /// @param kind only of this one; null for all
  public List<StoredArtifact> latest(@Nullable Kind kind, int atMost) {
    return select(
        """
        WHERE (:kind = '' OR kind = :kind) AND NOT EXISTS (SELECT 1 FROM artifact newer
          WHERE newer.key = artifact.key AND (newer.created_at > artifact.created_at
            OR newer.created_at = artifact.created_at AND newer.id > artifact.id))
        ORDER BY created_at DESC, id DESC LIMIT :most
        """,
        Map.of("kind", kind == null ? "" : kind.word(), "most", atMost));
  }

  /// All versions of a key, the newest first.
  public List<StoredArtifact> versions(String key, int atMost) {
    return select(
        "WHERE key = :key ORDER BY created_at DESC, id DESC LIMIT :most",
        Map.of("key", key, "most", atMost));
  }

  /// Those of a flow run, in the order in which they were made.
  public List<StoredArtifact> of(String flowRun, int atMost) {
    return select(
        "WHERE flow_run = :run ORDER BY created_at, id LIMIT :most",
        Map.of("run", flowRun, "most", atMost));
  }

  public Optional<StoredArtifact> find(String id) {
    return select("WHERE id = :id", Map.of("id", id)).stream().findFirst();
  }

  private List<StoredArtifact> select(String condition, Map<String, ?> values) {
    return database.read(tx ->
        tx.query("SELECT * FROM artifact " + condition)
            .bindMap(values)
            .map((row, _) ->
                new StoredArtifact(
                    row.getString("id"),
                    row.getString("flow_run"),
                    row.getString("task_run"),
                    Kind.of(row.getString("kind")),
                    row.getString("key"),
                    row.getString("description"),
                    row.getString("data"),
                    Tx.instant(row.getLong("created_at")),
                    Tx.instant(row.getLong("updated_at"))))
            .list());
  }

  /// @return whether it was there
  public boolean delete(String id) {
    return database.write(
        tx -> tx.update("DELETE FROM artifact WHERE id = :id").bind("id", id).execute() > 0);
  }
}
