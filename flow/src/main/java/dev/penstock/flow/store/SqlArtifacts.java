package dev.penstock.flow.store;

import dev.penstock.flow.store.StoredArtifact.Draft;
import dev.penstock.flow.store.StoredArtifact.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The SQL of [Artifacts].
final class SqlArtifacts implements Artifacts {
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

  SqlArtifacts(Database database) {
    this.database = database;
  }

  @Override
  public void write(Lease lease, Draft artifact) {
    database.write(tx -> upsert(tx, lease, artifact));
  }

  @Override
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

  @Override
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

  @Override
  public List<StoredArtifact> versions(String key, int atMost) {
    return select(
        "WHERE key = :key ORDER BY created_at DESC, id DESC LIMIT :most",
        Map.of("key", key, "most", atMost));
  }

  @Override
  public List<StoredArtifact> of(String flowRun, int atMost) {
    return select(
        "WHERE flow_run = :run ORDER BY created_at, id LIMIT :most",
        Map.of("run", flowRun, "most", atMost));
  }

  @Override
  public Optional<StoredArtifact> find(String id) {
    return select("WHERE id = :id", Map.of("id", id)).stream().findFirst();
  }

  private List<StoredArtifact> select(String condition, Map<String, ?> values) {
    return database.read(tx ->
        tx.query("SELECT * FROM artifact " + condition)
            .bindAll(values)
            .map(row ->
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

  @Override
  public boolean delete(String id) {
    return database.write(
        tx -> tx.update("DELETE FROM artifact WHERE id = :id").bind("id", id).execute() > 0);
  }
}
