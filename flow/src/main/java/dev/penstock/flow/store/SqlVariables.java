package dev.penstock.flow.store;

import dev.penstock.data.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The SQL of [Variables].
final class SqlVariables implements Variables {
  private final Database database;

  SqlVariables(Database database) {
    this.database = database;
  }

  @Override
  public void set(String name, String json, List<String> tags) {
    StoredName.checked("variable", name);
    String value = Json.compact(json);
    database.write(tx ->
        tx.update(
                """
                INSERT INTO variable (name, value, tags, created_at, updated_at)
                VALUES (:name, :value, :tags, :now, :now)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value, tags = excluded.tags,
                  updated_at = excluded.updated_at
                """)
            .bind("name", name)
            .bind("value", value)
            .bind("tags", Tags.write(tags))
            .bind("now", tx.now())
            .execute());
  }

  @Override
  public boolean create(String name, String json, List<String> tags) {
    StoredName.checked("variable", name);
    String value = Json.compact(json);
    return database.write(tx ->
        tx.update(
                    """
                    INSERT INTO variable (name, value, tags, created_at, updated_at)
                    VALUES (:name, :value, :tags, :now, :now) ON CONFLICT (name) DO NOTHING
                    """)
                .bind("name", name)
                .bind("value", value)
                .bind("tags", Tags.write(tags))
                .bind("now", tx.now())
                .execute()
            > 0);
  }

  @Override
  public boolean replace(String name, String json, List<String> tags, Instant seen) {
    String value = Json.compact(json);
    return database.write(tx ->
        tx.update(
                    """
                    UPDATE variable SET value = :value, tags = :tags, updated_at = :now
                    WHERE name = :name AND updated_at = :seen
                    """)
                .bind("name", name)
                .bind("value", value)
                .bind("tags", Tags.write(tags))
                .bind("now", tx.now())
                .bind("seen", Tx.micros(seen))
                .execute()
            > 0);
  }

  @Override
  public Variable get(String name) {
    return find(name)
        .orElseThrow(() ->
            new UnknownName("variable", name, list().stream().map(Variable::name).toList(), ""));
  }

  @Override
  public Optional<Variable> find(String name) {
    return select("WHERE name = :name", name).stream().findFirst();
  }

  @Override
  public List<Variable> list() {
    return select("WHERE :name = ''", "");
  }

  private List<Variable> select(String condition, String name) {
    return database.read(tx ->
        tx.query("SELECT * FROM variable " + condition + " ORDER BY name")
            .bind("name", name)
            .map(row ->
                new Variable(
                    row.getString("name"),
                    row.getString("value"),
                    Tags.read(row.getString("tags")),
                    Tx.instant(row.getLong("updated_at"))))
            .list());
  }

  @Override
  public boolean delete(String name) {
    return database.write(tx ->
        tx.update("DELETE FROM variable WHERE name = :name").bind("name", name).execute() > 0);
  }
}
