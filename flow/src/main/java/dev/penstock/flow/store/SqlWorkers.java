package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The SQL of [Workers].
final class SqlWorkers implements Workers {
  private final Database database;

  SqlWorkers(Database database) {
    this.database = database;
  }

  @Override
  public void register(Registration worker, Duration lease) {
    database.write(tx -> {
      SqlWorkPools.require(tx, worker.pool());
      int taken =
          tx.update(
                  """
                  INSERT INTO worker (name, instance, pool, version, run_limit, state, lacks,
                    started_at, heartbeat_at, lease_until)
                  VALUES (:name, :instance, :pool, :version, :limit, 'ONLINE', '[]',
                    :now, :now, :until)
                  ON CONFLICT (name) DO UPDATE SET instance = excluded.instance,
                    pool = excluded.pool, version = excluded.version,
                    run_limit = excluded.run_limit, state = excluded.state,
                    lacks = excluded.lacks, started_at = excluded.started_at,
                    heartbeat_at = excluded.heartbeat_at, lease_until = excluded.lease_until
                  WHERE worker.lease_until < :now OR worker.instance = excluded.instance
                  """)
              .bind("name", worker.name())
              .bind("instance", worker.instance())
              .bind("pool", worker.pool())
              .bind("version", worker.version())
              .bind("limit", worker.limit())
              .bind("now", tx.now())
              .bind("until", tx.in(lease))
              .execute();
      if (taken == 0) {
        WorkerEntry other = find(tx, worker.name()).orElseThrow();
        throw new WorkerNameTaken(other, (tx.now() - Tx.micros(other.heartbeat())) / 1_000_000);
      }
      return null;
    });
  }

  @Override
  public boolean beat(
      String name, String instance, WorkerEntry.State state, List<String> lacks, Duration lease) {
    return database.write(tx ->
        tx.update(
                    """
                    UPDATE worker SET state = :state, lacks = :lacks, heartbeat_at = :now,
                      lease_until = :until
                    WHERE name = :name AND instance = :instance
                    """)
                .bind("state", state.name())
                .bind("lacks", Tags.write(lacks))
                .bind("now", tx.now())
                .bind("until", tx.in(lease))
                .bind("name", name)
                .bind("instance", instance)
                .execute()
            == 1);
  }

  @Override
  public void unregister(String name, String instance) {
    database.write(tx ->
        tx.update("DELETE FROM worker WHERE name = :name AND instance = :instance")
            .bind("name", name)
            .bind("instance", instance)
            .execute());
  }

  @Override
  public int forget(Duration silent) {
    return database.write(tx ->
        tx.update("DELETE FROM worker WHERE heartbeat_at < :before")
            .bind("before", tx.now() - Tx.micros(silent))
            .execute());
  }

  @Override
  public List<WorkerEntry> list() {
    return database.read(tx ->
        tx.query("SELECT * FROM worker ORDER BY pool, name")
            .map(row -> read(row, tx.now()))
            .list());
  }

  private static Optional<WorkerEntry> find(Tx tx, String name) {
    return tx.query("SELECT * FROM worker WHERE name = :name")
        .bind("name", name)
        .map(row -> read(row, tx.now()))
        .findOne();
  }

  private static WorkerEntry read(ResultSet row, long now) throws SQLException {
    WorkerEntry.State said = WorkerEntry.State.valueOf(row.getString("state"));
    return new WorkerEntry(
        row.getString("name"),
        row.getString("instance"),
        row.getString("pool"),
        row.getString("version"),
        row.getInt("run_limit"),
        row.getLong("lease_until") < now ? WorkerEntry.State.OFFLINE : said,
        Tags.read(row.getString("lacks")),
        Tx.instant(row.getLong("started_at")),
        Tx.instant(row.getLong("heartbeat_at")));
  }
}
