package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The SQL of [WorkPools].
final class SqlWorkPools implements WorkPools {
  /// The condition of a flow run that neither its pool nor its queue is paused.
  static final String NOT_PAUSED =
      """
       AND NOT EXISTS (SELECT 1 FROM work_pool p WHERE p.name = flow_run.pool AND p.paused = 1)
       AND NOT EXISTS (SELECT 1 FROM work_queue q WHERE q.pool = flow_run.pool
         AND q.name = flow_run.queue AND q.paused = 1)
      """;

  private final Database database;

  SqlWorkPools(Database database) {
    this.database = database;
  }

  @Override
  public boolean create(String name, WorkPool.Type type, @Nullable Integer limit) {
    requireLimit("work pool", name, limit);
    IndexedText.check("the name of a work pool", LimitKey.pool(name).name());
    return database.write(tx -> create(tx, name, type, limit));
  }

  private static boolean create(Tx tx, String name, WorkPool.Type type, @Nullable Integer limit) {
    int made =
        tx.update(
                """
                INSERT INTO work_pool (name, type, concurrency_limit, paused, created_at)
                VALUES (:name, :type, :limit, 0, :now) ON CONFLICT (name) DO NOTHING
                """)
            .bind("name", name)
            .bind("type", type.name())
            .bind("limit", limit)
            .bind("now", tx.now())
            .execute();
    if (made == 1) {
      limit(tx, name, limit);
      SqlWorkQueues.create(
          tx, new WorkQueue(name, WorkQueue.DEFAULT, WorkQueue.PRIORITY, null, false));
    }
    return made == 1;
  }

  static void requireLimit(String what, String name, @Nullable Integer limit) {
    if (limit != null && (limit < 0 || limit > Limit.MOST_SLOTS)) {
      throw new IllegalArgumentException(
          "the concurrency limit of "
              + what
              + " \""
              + name
              + "\" must be from 0 to "
              + Limit.MOST_SLOTS
              + ", was "
              + limit);
    }
  }

  /// @throws UnknownName when there is no such pool; the default one is made
  static void require(Tx tx, String name) {
    if (name.equals(WorkPool.DEFAULT)) {
      create(tx, name, WorkPool.Type.PROCESS, null);
    } else if (find(tx, name).isEmpty()) {
      List<String> known = list(tx).stream().map(WorkPool::name).toList();
      throw new UnknownName(
          "work pool", name, known, "penstock work-pool create " + name + " makes it");
    }
  }

  @Override
  public Optional<WorkPool> find(String name) {
    return database.read(tx -> find(tx, name));
  }

  private static Optional<WorkPool> find(Tx tx, String name) {
    return tx.query("SELECT * FROM work_pool WHERE name = :name")
        .bind("name", name)
        .map(SqlWorkPools::read)
        .findOne();
  }

  @Override
  public List<WorkPool> list() {
    return database.read(SqlWorkPools::list);
  }

  private static List<WorkPool> list(Tx tx) {
    return tx.query("SELECT * FROM work_pool ORDER BY name").map(SqlWorkPools::read).list();
  }

  @Override
  public boolean limit(String name, @Nullable Integer limit) {
    requireLimit("work pool", name, limit);
    return database.write(tx -> change(tx, name, limit));
  }

  private boolean change(Tx tx, String name, @Nullable Integer limit) {
    boolean there =
        tx.update("UPDATE work_pool SET concurrency_limit = :limit WHERE name = :name")
                .bind("limit", limit)
                .bind("name", name)
                .execute()
            == 1;
    if (there) {
      limit(tx, name, limit);
    }
    database.notify(tx, SqlFlowRuns.pool(name));
    return there;
  }

  @Override
  public boolean replace(WorkPool seen, @Nullable Integer limit, boolean paused) {
    requireLimit("work pool", seen.name(), limit);
    return database.write(tx ->
        isStill(tx, seen) && change(tx, seen.name(), limit) && change(tx, seen.name(), paused));
  }

  private static boolean isStill(Tx tx, WorkPool seen) {
    return tx.query("SELECT * FROM work_pool WHERE name = :name " + tx.dialect().forUpdate())
        .bind("name", seen.name())
        .map(SqlWorkPools::read)
        .findOne()
        .filter(seen::equals)
        .isPresent();
  }

  private static void limit(Tx tx, String name, @Nullable Integer slots) {
    SqlLimits.set(tx, LimitKey.pool(name), "work pool '" + name + "'", slots);
  }

  @Override
  public boolean pause(String name, boolean paused) {
    return database.write(tx -> change(tx, name, paused));
  }

  private boolean change(Tx tx, String name, boolean paused) {
    database.notify(tx, SqlFlowRuns.pool(name));
    return tx.update("UPDATE work_pool SET paused = :paused WHERE name = :name")
            .bind("paused", paused ? 1 : 0)
            .bind("name", name)
            .execute()
        == 1;
  }

  @Override
  public boolean delete(String name) {
    return database.write(tx -> {
      List<String> users =
          SqlDeployments.find(tx, "pool = :value ORDER BY flow, name LIMIT 5", name).stream()
              .map(Deployment::fullName)
              .toList();
      if (!users.isEmpty()) {
        throw new IllegalStateException(
            "work pool \""
                + name
                + "\" is used by deployments: "
                + String.join(", ", users)
                + "; delete them, or deploy them to another pool");
      }
      SqlLimits.delete(tx, LimitKey.pool(name));
      SqlWorkQueues.list(tx, name)
          .forEach(queue -> SqlLimits.delete(tx, LimitKey.queue(name, queue.name())));
      return tx.update("DELETE FROM work_pool WHERE name = :name").bind("name", name).execute()
          == 1;
    });
  }

  private static WorkPool read(ResultSet row) throws SQLException {
    return new WorkPool(
        row.getString("name"),
        WorkPool.Type.valueOf(row.getString("type")),
        limit(row),
        row.getInt("paused") == 1,
        Tx.instant(row.getLong("created_at")));
  }

  static @Nullable Integer limit(ResultSet row) throws SQLException {
    int limit = row.getInt("concurrency_limit");
    return row.wasNull() ? null : limit;
  }
}
