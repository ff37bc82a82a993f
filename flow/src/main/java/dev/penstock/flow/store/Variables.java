package dev.penstock.flow.store;

import dev.penstock.data.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The variables of a store: JSON values by name, for everybody to read.
public final class Variables {
  private final Database database;

  Variables(Database database) {
    this.database = database;
  }

  /// Sets a variable in place of what was there.
  ///
  /// @param json any JSON value
  /// @throws IllegalArgumentException when that is no JSON, or the name no name
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

  /// Sets a variable in place of what somebody has seen.
  ///
  /// @param seen when that was last set
  /// @return whether it was still as they saw it
  /// @throws IllegalArgumentException when that is no JSON
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

  /// The variable of this name.
  ///
  /// @throws UnknownName when there is none
  public Variable get(String name) {
    return find(name)
        .orElseThrow(() ->
            new UnknownName("variable", name, list().stream().map(Variable::name).toList(), ""));
  }

  public Optional<Variable> find(String name) {
    return select("WHERE name = :name", name).stream().findFirst();
  }

  /// All variables, by name.
  public List<Variable> list() {
    return select("WHERE :name = ''", "");
  }

  private List<Variable> select(String condition, String name) {
    return database.read(tx ->
        tx.query("SELECT * FROM variable " + condition + " ORDER BY name")
            .bind("name", name)
            .map((row, _) ->
                new Variable(
                    row.getString("name"),
                    row.getString("value"),
                    Tags.read(row.getString("tags")),
                    Tx.instant(row.getLong("updated_at"))))
            .list());
  }

  /// @return whether it was there
  public boolean delete(String name) {
    return database.write(tx ->
        tx.update("DELETE FROM variable WHERE name = :name").bind("name", name).execute() > 0);
  }
}
