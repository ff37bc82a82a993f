package dev.penstock.flow.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The SQL of [Schedules].
final class SqlSchedules implements Schedules {
  /// How the rule of a deployment begins that is always on.
  private static final String ALWAYS = "always ";

  /// As many runs as it takes to double a pause from a second to a day.
  private static final int ENDED = 20;

  private final Database database;

  SqlSchedules(Database database) {
    this.database = database;
  }

  @Override
  public String add(String deployment, NewSchedule schedule) {
    String id = Ids.next(InstantSource.system());
    return database.write(tx -> {
      insert(tx, id, deployment, false, schedule, tx.now());
      return id;
    });
  }

  @Override
  public String backfill(
      String deployment, NewSchedule schedule, Instant from, @Nullable String key) {
    String id = key == null ? Ids.next(InstantSource.system()) : id(deployment, key);
    return database.write(tx -> {
      insert(tx, id, deployment, true, schedule, Tx.micros(from) - 1);
      return id;
    });
  }

  /// What has a key is told by its id from all else.
  private static String id(String deployment, String key) {
    return UUID.nameUUIDFromBytes((deployment + "/" + key).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  @Override
  public Optional<DeploymentSchedule> keyed(String deployment, String key) {
    return find(id(deployment, key));
  }

  private static void insert(
      Tx tx, String id, String deployment, boolean backfill, NewSchedule schedule, long last) {
    tx.update(
            """
            INSERT INTO schedule (id, deployment, backfill, spec, parameters, catch_up, max_active,
              jitter, active, last_tick, next_tick, ended, created_at)
            VALUES (:id, :deployment, :backfill, :spec, :parameters, :catchUp, :maxActive,
              :jitter, 1, :last, NULL, 0, :now)
            ON CONFLICT (id) DO NOTHING
            """)
        .bind("id", id)
        .bind("deployment", deployment)
        .bind("backfill", backfill ? 1 : 0)
        .bind("spec", schedule.spec())
        .bind("parameters", schedule.parameters())
        .bind("catchUp", schedule.catchUp())
        .bind("maxActive", schedule.maxActive())
        .bind("jitter", Tx.micros(schedule.jitter()))
        .bind("last", last)
        .bind("now", tx.now())
        .execute();
  }

  /// Gives a deployment these schedules and no others. One that it has goes on where it is.
  static void replace(Tx tx, String deployment, List<NewSchedule> wanted) {
    List<NewSchedule> missing = new ArrayList<>(wanted);
    for (DeploymentSchedule has : of(tx, deployment)) {
      if (!has.backfill() && !missing.remove(has.settings())) {
        delete(tx, has.id());
      }
    }
    for (NewSchedule schedule : missing) {
      insert(tx, Ids.next(InstantSource.system()), deployment, false, schedule, tx.now());
    }
  }

  @Override
  public List<DeploymentSchedule> of(String deployment) {
    return database.read(tx -> of(tx, deployment));
  }

  private static List<DeploymentSchedule> of(Tx tx, String deployment) {
    return tx.query("SELECT * FROM schedule WHERE deployment = :deployment ORDER BY created_at, id")
        .bind("deployment", deployment)
        .map(SqlSchedules::read)
        .list();
  }

  @Override
  public Optional<DeploymentSchedule> find(String id) {
    return database.read(tx ->
        tx.query("SELECT * FROM schedule WHERE id = :id")
            .bind("id", id)
            .map(SqlSchedules::read)
            .findOne());
  }

  @Override
  public boolean replace(String id, NewSchedule seen, NewSchedule schedule) {
    return database.write(tx -> {
      boolean same =
          tx.query("SELECT * FROM schedule WHERE id = :id AND backfill = 0 " + tx.dialect().hold())
              .bind("id", id)
              .map(row -> read(row).settings())
              .list()
              .contains(seen);
      if (!same) {
        return false;
      }
      skipMissed(tx, "id = :value", id);
      tx.update(
              """
              UPDATE schedule SET spec = :spec, parameters = :parameters, catch_up = :catchUp,
                max_active = :maxActive, jitter = :jitter, next_tick = NULL, ended = 0
              WHERE id = :id
              """)
          .bind("id", id)
          .bind("spec", schedule.spec())
          .bind("parameters", schedule.parameters())
          .bind("catchUp", schedule.catchUp())
          .bind("maxActive", schedule.maxActive())
          .bind("jitter", Tx.micros(schedule.jitter()))
          .execute();
      return true;
    });
  }

  @Override
  public boolean activate(String id, boolean active) {
    return database.write(tx -> {
      if (active) {
        skipMissed(tx, "id = :value", id);
      }
      return tx.update("UPDATE schedule SET active = :active WHERE id = :id")
              .bind("active", active ? 1 : 0)
              .bind("id", id)
              .execute()
          == 1;
    });
  }

  /// Lets ticks that came while schedules stood still pass. The time never goes back, even if the
  /// clock has.
  static void skipMissed(Tx tx, String condition, String value) {
    tx.update(
            "UPDATE schedule SET last_tick = :now, next_tick = NULL"
                + " WHERE backfill = 0 AND last_tick < :now AND "
                + condition)
        .bind("now", tx.now())
        .bind("value", value)
        .execute();
  }

  @Override
  public boolean delete(String id) {
    return database.write(tx -> delete(tx, id));
  }

  private static boolean delete(Tx tx, String id) {
    return tx.update("DELETE FROM schedule WHERE id = :id").bind("id", id).execute() == 1;
  }

  @Override
  public List<DueSchedule> due(int atMost) {
    return database.read(tx -> {
      List<DeploymentSchedule> due =
          tx.query(
                  """
                  SELECT s.* FROM schedule s JOIN deployment d ON d.id = s.deployment
                  WHERE s.active = 1 AND s.ended = 0 AND (d.paused = 0 OR s.backfill = 1)
                    AND (s.next_tick IS NULL OR s.next_tick <= :now)
                  ORDER BY s.next_tick LIMIT :most
                  """)
              .bind("now", tx.now())
              .bind("most", atMost)
              .map(SqlSchedules::read)
              .list();
      return due.stream().flatMap(schedule -> due(tx, schedule).stream()).toList();
    });
  }

  private static Optional<DueSchedule> due(Tx tx, DeploymentSchedule schedule) {
    int unfinished =
        tx.query(
                """
                SELECT count(*) FROM flow_run WHERE schedule = :schedule
                  AND state_type NOT IN ('COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED')
                """)
            .bind("schedule", schedule.id())
            .integers()
            .one();
    return SqlDeployments.find(tx, "id = :value", schedule.deployment()).stream()
        .findFirst()
        .map(deployment ->
            new DueSchedule(
                schedule,
                deployment,
                priority(tx, deployment),
                unfinished,
                schedule.settings().spec().startsWith(ALWAYS) ? ended(tx, schedule) : List.of(),
                Tx.instant(tx.now())));
  }

  /// The last runs of a schedule that are over.
  private static List<DueSchedule.Ended> ended(Tx tx, DeploymentSchedule schedule) {
    return tx.query(
            """
            SELECT state_type, created_at, state_at FROM flow_run WHERE schedule = :schedule
              AND state_type IN ('COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED')
            ORDER BY tick DESC LIMIT :most
            """)
        .bind("schedule", schedule.id())
        .bind("most", ENDED)
        .map(row -> {
          String state = row.getString("state_type");
          return new DueSchedule.Ended(
              Tx.instant(row.getLong("created_at")),
              Tx.instant(row.getLong("state_at")),
              state.equals("FAILED") || state.equals("CRASHED"));
        })
        .list();
  }

  private static int priority(Tx tx, Deployment deployment) {
    Deployment.Target target = deployment.settings().target();
    return SqlWorkQueues.find(tx, target.pool(), target.queue())
        .map(WorkQueue::priority)
        .orElse(WorkQueue.PRIORITY);
  }

  @Override
  public Optional<Duration> untilNext() {
    return database.read(tx ->
        tx.query(
                """
                SELECT min(s.next_tick) AS next FROM schedule s JOIN deployment d ON d.id = s.deployment
                WHERE s.active = 1 AND s.ended = 0 AND d.paused = 0 AND s.next_tick > :now
                """)
            .bind("now", tx.now())
            .map(row -> Optional.ofNullable(FlowRunRow.instant(row, "next")))
            .one()
            .map(next -> Duration.of(Tx.micros(next) - tx.now(), ChronoUnit.MICROS)));
  }

  @Override
  public boolean advance(DeploymentSchedule seen, Advance advance) {
    SqlFlowRuns runs = new SqlFlowRuns(database);
    return database.write(tx -> {
      int moved =
          tx.update(
                  """
                  UPDATE schedule SET last_tick = :last, next_tick = :next, ended = :ended
                  WHERE id = :id AND last_tick = :seen AND active = 1 AND ended = 0
                  """)
              .bind("last", Tx.micros(advance.last()))
              .bind("next", advance.next() == null ? null : Tx.micros(advance.next()))
              .bind("ended", advance.next() == null ? 1 : 0)
              .bind("id", seen.id())
              .bind("seen", Tx.micros(seen.last()))
              .execute();
      if (moved == 1) {
        advance.ticks().forEach(tick -> make(tx, runs, seen, tick));
      }
      return moved == 1;
    });
  }

  private static void make(
      Tx tx, SqlFlowRuns runs, DeploymentSchedule schedule, Advance.Tick tick) {
    runs.create(tx, tick.run());
    tx.update("UPDATE flow_run SET schedule = :schedule, tick = :tick WHERE id = :run")
        .bind("schedule", schedule.id())
        .bind("tick", Tx.micros(tick.at()))
        .bind("run", tick.run().id())
        .execute();
  }

  private static DeploymentSchedule read(ResultSet row) throws SQLException {
    int most = row.getInt("max_active");
    @Nullable Integer maxActive = row.wasNull() ? null : most;
    NewSchedule settings =
        new NewSchedule(
            row.getString("spec"),
            row.getString("parameters"),
            row.getString("catch_up"),
            maxActive,
            Duration.of(row.getLong("jitter"), ChronoUnit.MICROS));
    return new DeploymentSchedule(
        row.getString("id"),
        row.getString("deployment"),
        row.getInt("backfill") == 1,
        settings,
        row.getInt("active") == 1,
        Tx.instant(row.getLong("last_tick")),
        FlowRunRow.instant(row, "next_tick"),
        row.getInt("ended") == 1,
        Tx.instant(row.getLong("created_at")));
  }
}
