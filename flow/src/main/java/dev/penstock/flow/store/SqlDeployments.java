package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The SQL of [Deployments].
final class SqlDeployments implements Deployments {
  private final Database database;

  SqlDeployments(Database database) {
    this.database = database;
  }

  @Override
  public Deployment deploy(
      String flow,
      String name,
      DeployedCode code,
      Deployment.Settings settings,
      @Nullable List<NewSchedule> schedules) {
    String fresh = Ids.next(InstantSource.system());
    return database.write(tx -> {
      SqlWorkPools.require(tx, settings.target().pool());
      SqlWorkQueues.require(tx, settings.target().pool(), settings.target().queue());
      SqlCodes.keep(tx, code);
      String id = write(tx, fresh, flow, name, code, settings);
      SqlLimits.set(
          tx,
          LimitKey.deployment(id),
          "deployment '" + flow + "/" + name + "'",
          settings.limit().runs(),
          Limit.Collision.valueOf(settings.limit().collision().name()),
          settings.limit().grace());
      pinWaiting(tx, id, code.version());
      if (schedules != null) {
        SqlSchedules.replace(tx, id, schedules);
      }
      SqlCodes.dropUnused(tx);
      return find(tx, "id = :value", id).getFirst();
    });
  }

  /// Runs that wait for their first process begin with the newest code.
  private static void pinWaiting(Tx tx, String deployment, String version) {
    tx.update(
            """
            UPDATE flow_run SET version = :version
            WHERE deployment = :deployment AND state_type = 'SCHEDULED' AND started_at IS NULL
            """)
        .bind("version", version)
        .bind("deployment", deployment)
        .execute();
  }

  private static String write(
      Tx tx, String id, String flow, String name, DeployedCode code, Deployment.Settings settings) {
    IndexedText.check("the name of a deployment", name);
    IndexedText.checkTags(settings.tags());
    return tx.query(
            """
            INSERT INTO deployment (id, flow, name, version, description, parameters,
              parameter_schema, tags, pool, queue, job_variables, concurrency_limit, collision,
              grace, paused, created_at, updated_at)
            VALUES (:id, :flow, :name, :version, :description, :parameters,
              :schema, :tags, :pool, :queue, :variables, :limit, :collision, :grace, 0, :now, :now)
            ON CONFLICT (flow, name) DO UPDATE SET version = excluded.version,
              description = excluded.description, parameters = excluded.parameters,
              parameter_schema = excluded.parameter_schema, tags = excluded.tags,
              pool = excluded.pool, queue = excluded.queue,
              job_variables = excluded.job_variables,
              concurrency_limit = excluded.concurrency_limit, collision = excluded.collision,
              grace = excluded.grace,
              updated_at = excluded.updated_at
            RETURNING id
            """)
        .bind("id", id)
        .bind("flow", flow)
        .bind("name", name)
        .bind("version", code.version())
        .bind("description", settings.description())
        .bind("parameters", settings.parameters())
        .bind("schema", settings.parameterSchema())
        .bind("tags", Tags.write(settings.tags()))
        .bind("pool", settings.target().pool())
        .bind("queue", settings.target().queue())
        .bind("variables", settings.target().jobVariables())
        .bind("limit", settings.limit().runs())
        .bind("collision", settings.limit().collision().name())
        .bind("grace", Tx.micros(settings.limit().grace()))
        .bind("now", tx.now())
        .texts()
        .one();
  }

  @Override
  public Optional<Deployment> find(String id) {
    return database.read(tx -> find(tx, "id = :value", id).stream().findFirst());
  }

  @Override
  public List<Deployment> named(String name) {
    return database.read(tx -> find(tx, "name = :value ORDER BY flow", name));
  }

  @Override
  public List<Deployment> list() {
    return database.read(tx ->
        tx.query("SELECT * FROM deployment ORDER BY flow, name").map(SqlDeployments::read).list());
  }

  static List<Deployment> find(Tx tx, String condition, String value) {
    return tx.query("SELECT * FROM deployment WHERE " + condition)
        .bind("value", value)
        .map(SqlDeployments::read)
        .list();
  }

  @Override
  public boolean pause(String id, boolean paused) {
    return database.write(tx -> {
      int changed =
          tx.update("UPDATE deployment SET paused = :paused, updated_at = :now WHERE id = :id")
              .bind("paused", paused ? 1 : 0)
              .bind("now", tx.now())
              .bind("id", id)
              .execute();
      if (!paused) {
        SqlSchedules.skipMissed(tx, "deployment = :value", id);
      }
      return changed == 1;
    });
  }

  @Override
  public boolean delete(String id) {
    return database.write(tx -> {
      int gone = tx.update("DELETE FROM deployment WHERE id = :id").bind("id", id).execute();
      SqlLimits.delete(tx, LimitKey.deployment(id));
      SqlCodes.dropUnused(tx);
      return gone == 1;
    });
  }

  static Deployment read(ResultSet row) throws SQLException {
    int limit = row.getInt("concurrency_limit");
    @Nullable Integer runs = row.wasNull() ? null : limit;
    Deployment.Settings settings =
        new Deployment.Settings(
            row.getString("description"),
            row.getString("parameters"),
            row.getString("parameter_schema"),
            Tags.read(row.getString("tags")),
            new Deployment.Target(
                row.getString("pool"), row.getString("queue"), row.getString("job_variables")),
            new Deployment.Limit(
                runs,
                Deployment.Collision.valueOf(row.getString("collision")),
                Duration.of(row.getLong("grace"), ChronoUnit.MICROS)));
    return new Deployment(
        row.getString("id"),
        row.getString("flow"),
        row.getString("name"),
        row.getString("version"),
        settings,
        row.getInt("paused") == 1,
        Tx.instant(row.getLong("created_at")),
        Tx.instant(row.getLong("updated_at")));
  }
}
