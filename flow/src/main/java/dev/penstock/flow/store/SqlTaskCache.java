package dev.penstock.flow.store;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The SQL of [TaskCache].
final class SqlTaskCache implements TaskCache {
  private final Database database;

  SqlTaskCache(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Kept> find(String key) {
    return database.read(tx ->
        tx.query(
                """
                SELECT task_run, result FROM task_cache
                WHERE key = :key AND (expires_at IS NULL OR expires_at > :now)
                """)
            .bind("key", key)
            .bind("now", tx.now())
            .map(row -> new Kept(row.getString("task_run"), row.getString("result")))
            .findOne());
  }

  @Override
  public void keep(String key, Kept kept, @Nullable Duration expires) {
    database.write(tx ->
        tx.update(
                """
                INSERT INTO task_cache (key, task_run, result, created_at, expires_at)
                VALUES (:key, :task, :result, :now, :expires)
                ON CONFLICT (key) DO UPDATE SET task_run = excluded.task_run,
                  result = excluded.result, created_at = excluded.created_at,
                  expires_at = excluded.expires_at
                """)
            .bind("key", key)
            .bind("task", kept.taskRun())
            .bind("result", kept.result())
            .bind("now", tx.now())
            .bind("expires", expires == null ? null : tx.in(expires))
            .execute());
  }
}
