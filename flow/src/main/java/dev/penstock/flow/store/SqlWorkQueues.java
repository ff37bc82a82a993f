package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The SQL of [WorkQueues].
final class SqlWorkQueues implements WorkQueues {
  private final Database database;

  SqlWorkQueues(Database database) {
    this.database = database;
  }

  @Override
  public boolean create(WorkQueue queue) {
    SqlWorkPools.requireLimit("work queue", queue.name(), queue.limit());
    requirePriority(queue.name(), queue.priority());
    IndexedText.check("the name of a work queue", queue.name());
    return database.write(tx -> {
      SqlWorkPools.require(tx, queue.pool());
      return create(tx, queue);
    });
  }

  static boolean create(Tx tx, WorkQueue queue) {
    boolean made =
        tx.update(
                    """
                    INSERT INTO work_queue (pool, name, priority, concurrency_limit, paused)
                    VALUES (:pool, :name, :priority, :limit, :paused) ON CONFLICT (pool, name) DO NOTHING
                    """)
                .bind("pool", queue.pool())
                .bind("name", queue.name())
                .bind("priority", queue.priority())
                .bind("limit", queue.limit())
                .bind("paused", queue.paused() ? 1 : 0)
                .execute()
            == 1;
    if (made) {
      limit(tx, queue);
    }
    return made;
  }

  private static void limit(Tx tx, WorkQueue queue) {
    SqlLimits.set(
        tx,
        LimitKey.queue(queue.pool(), queue.name()),
        "work queue '" + queue.pool() + "/" + queue.name() + "'",
        queue.limit());
  }

  private static void requirePriority(String name, int priority) {
    if (priority < 0) {
      throw new IllegalArgumentException(
          "the priority of work queue \"" + name + "\" must be 0 or more, was " + priority);
    }
  }

  /// @throws UnknownName when the pool has no such queue
  static WorkQueue require(Tx tx, String pool, String name) {
    return find(tx, pool, name)
        .orElseThrow(() -> {
          List<String> known = list(tx, pool).stream().map(WorkQueue::name).toList();
          return new UnknownName(
              "work queue",
              name,
              known,
              "penstock work-queue create " + name + " --pool " + pool + " makes it");
        });
  }

  @Override
  public Optional<WorkQueue> find(String pool, String name) {
    return database.read(tx -> find(tx, pool, name));
  }

  static Optional<WorkQueue> find(Tx tx, String pool, String name) {
    return tx.query("SELECT * FROM work_queue WHERE pool = :pool AND name = :name")
        .bind("pool", pool)
        .bind("name", name)
        .map(SqlWorkQueues::read)
        .findOne();
  }

  @Override
  public List<WorkQueue> list(String pool) {
    return database.read(tx -> list(tx, pool));
  }

  static List<WorkQueue> list(Tx tx, String pool) {
    return tx.query("SELECT * FROM work_queue WHERE pool = :pool ORDER BY priority, name")
        .bind("pool", pool)
        .map(SqlWorkQueues::read)
        .list();
  }

  @Override
  public boolean change(WorkQueue queue) {
    SqlWorkPools.requireLimit("work queue", queue.name(), queue.limit());
    requirePriority(queue.name(), queue.priority());
    return database.write(tx -> {
      int changed =
          tx.update(
                  """
                  UPDATE work_queue SET priority = :priority, concurrency_limit = :limit,
                    paused = :paused
                  WHERE pool = :pool AND name = :name
                  """)
              .bind("priority", queue.priority())
              .bind("limit", queue.limit())
              .bind("paused", queue.paused() ? 1 : 0)
              .bind("pool", queue.pool())
              .bind("name", queue.name())
              .execute();
      tx.update(
              """
              UPDATE flow_run SET priority = :priority
              WHERE pool = :pool AND state_type IN ('SCHEDULED', 'PAUSED') AND queue = :name
              """)
          .bind("priority", queue.priority())
          .bind("pool", queue.pool())
          .bind("name", queue.name())
          .execute();
      if (changed == 1) {
        limit(tx, queue);
      }
      database.notify(tx, SqlFlowRuns.pool(queue.pool()));
      return changed == 1;
    });
  }

  @Override
  public boolean delete(String pool, String name) {
    if (name.equals(WorkQueue.DEFAULT)) {
      throw new IllegalStateException(
          "the queue \"default\" of a work pool cannot be deleted; pause it instead");
    }
    return database.write(tx -> {
      List<String> users =
          SqlDeployments.find(tx, "queue = :value ORDER BY flow, name", name).stream()
              .filter(deployment -> deployment.settings().target().pool().equals(pool))
              .map(Deployment::fullName)
              .limit(5)
              .toList();
      if (!users.isEmpty()) {
        throw new IllegalStateException(
            "work queue \"" + name + "\" is used by deployments: " + String.join(", ", users));
      }
      SqlLimits.delete(tx, LimitKey.queue(pool, name));
      return tx.update("DELETE FROM work_queue WHERE pool = :pool AND name = :name")
              .bind("pool", pool)
              .bind("name", name)
              .execute()
          == 1;
    });
  }

  private static WorkQueue read(ResultSet row) throws SQLException {
    return new WorkQueue(
        row.getString("pool"),
        row.getString("name"),
        row.getInt("priority"),
        SqlWorkPools.limit(row),
        row.getInt("paused") == 1);
  }
}
