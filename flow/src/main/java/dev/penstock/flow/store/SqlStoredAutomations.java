package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The SQL of [StoredAutomations].
final class SqlStoredAutomations implements StoredAutomations {
  private final Database database;

  SqlStoredAutomations(Database database) {
    this.database = database;
  }

  @Override
  public StoredAutomation save(String id, String name, String definition) {
    StoredName.checked("automation", name);
    return database.write(tx -> {
      tx.update(
              """
              INSERT INTO automation (id, name, definition, enabled, since, created_at)
              VALUES (:id, :name, :definition, 1, :now, :now)
              ON CONFLICT (name) DO UPDATE SET definition = excluded.definition, enabled = 1,
                since = excluded.since
              """)
          .bind("id", id)
          .bind("name", name)
          .bind("definition", definition)
          .bind("now", tx.now())
          .execute();
      StoredAutomation saved = select(tx, "name = :value", name).getFirst();
      forgetWatches(tx, saved.id());
      return saved;
    });
  }

  @Override
  public boolean replace(String id, String name, String definition, @Nullable Instant seen) {
    StoredName.checked("automation", name);
    return database.write(tx -> {
      boolean written =
          seen == null
              ? insert(tx, id, name, definition)
              : tx.update(
                          """
                          UPDATE automation SET definition = :definition, since = :now
                          WHERE name = :name AND since = :seen
                          """)
                      .bind("name", name)
                      .bind("definition", definition)
                      .bind("now", tx.now())
                      .bind("seen", Tx.micros(seen))
                      .execute()
                  > 0;
      if (written) {
        forgetWatches(tx, select(tx, "name = :value", name).getFirst().id());
      }
      return written;
    });
  }

  private static boolean insert(Tx tx, String id, String name, String definition) {
    return tx.update(
                """
                INSERT INTO automation (id, name, definition, enabled, since, created_at)
                VALUES (:id, :name, :definition, 1, :now, :now) ON CONFLICT (name) DO NOTHING
                """)
            .bind("id", id)
            .bind("name", name)
            .bind("definition", definition)
            .bind("now", tx.now())
            .execute()
        > 0;
  }

  @Override
  public boolean enable(String name, boolean enabled) {
    return database.write(tx -> {
      Optional<String> id =
          tx.query(
                  """
                  UPDATE automation SET enabled = :enabled, since = :now WHERE name = :name
                  RETURNING id
                  """)
              .bind("enabled", enabled ? 1 : 0)
              .bind("now", tx.now())
              .bind("name", name)
              .texts()
              .findOne();
      id.ifPresent(each -> forgetWatches(tx, each));
      return id.isPresent();
    });
  }

  private static void forgetWatches(Tx tx, String automation) {
    tx.update("DELETE FROM automation_watch WHERE automation = :automation")
        .bind("automation", automation)
        .execute();
  }

  @Override
  public Optional<StoredAutomation> find(String name) {
    return database.read(tx -> select(tx, "name = :value", name)).stream().findFirst();
  }

  @Override
  public List<StoredAutomation> list() {
    return database.read(tx -> select(tx, "name <> :value", ""));
  }

  static List<StoredAutomation> enabled(Tx tx) {
    return select(tx, "enabled = :value", 1);
  }

  private static List<StoredAutomation> select(Tx tx, String condition, Object value) {
    return tx.query("SELECT * FROM automation WHERE " + condition + " ORDER BY name")
        .bind("value", value)
        .map(SqlStoredAutomations::read)
        .list();
  }

  private static StoredAutomation read(ResultSet row) throws SQLException {
    return new StoredAutomation(
        row.getString("id"),
        row.getString("name"),
        row.getString("definition"),
        row.getInt("enabled") == 1,
        Tx.instant(row.getLong("since")));
  }

  @Override
  public boolean delete(String name) {
    return database.write(tx ->
        tx.update("DELETE FROM automation WHERE name = :name").bind("name", name).execute() > 0);
  }

  @Override
  public boolean evaluate(Consumer<Evaluation> rules) {
    return database.write(tx -> {
      boolean mine =
          tx.query("SELECT slot FROM evaluation WHERE slot = 1 " + tx.dialect().skipLocked())
              .exists();
      if (mine) {
        rules.accept(new Evaluation(tx));
      }
      return mine;
    });
  }
}
