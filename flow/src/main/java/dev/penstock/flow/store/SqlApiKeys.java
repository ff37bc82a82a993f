package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The SQL of [ApiKeys].
final class SqlApiKeys implements ApiKeys {
  /// The use of a key is noted no more often.
  private static final Duration NOTED = Duration.ofMinutes(5);

  private static final RowMapper<ApiKey> ROW =
      row ->
          new ApiKey(
              row.getString("name"),
              Role.valueOf(row.getString("role")),
              Tags.read(row.getString("scopes")),
              row.getString("created_by"),
              Tx.instant(row.getLong("created_at")),
              instant(row, "expires_at"),
              instant(row, "used_at"));

  private final Database database;

  SqlApiKeys(Database database) {
    this.database = database;
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : Tx.instant(micros);
  }

  @Override
  public boolean create(NewKey key) {
    return database.write(tx ->
        tx.update(
                    """
                    INSERT INTO api_key (name, hash, role, scopes, created_by, created_at, expires_at)
                    VALUES (:name, :hash, :role, :scopes, :by, :now, :expires)
                    ON CONFLICT (name) DO NOTHING
                    """)
                .bind("name", key.name())
                .bind("hash", key.hash())
                .bind("role", key.role().name())
                .bind("scopes", Tags.write(key.scopes()))
                .bind("by", key.createdBy())
                .bind("now", tx.now())
                .bind("expires", key.lasts() == null ? null : (Long) tx.in(key.lasts()))
                .execute()
            > 0);
  }

  @Override
  public List<ApiKey> list() {
    return database.read(tx -> tx.query("SELECT * FROM api_key ORDER BY name").map(ROW).list());
  }

  @Override
  public Optional<ApiKey> use(String hash) {
    Optional<ApiKey> found =
        database.read(tx ->
            tx.query(
                    """
                    SELECT * FROM api_key
                    WHERE hash = :hash AND (expires_at IS NULL OR expires_at > :now)
                    """)
                .bind("hash", hash)
                .bind("now", tx.now())
                .map(ROW)
                .findOne());
    found.ifPresent(_ -> note(hash));
    return found;
  }

  private void note(String hash) {
    boolean noted =
        database.read(tx ->
            tx.query("SELECT 1 FROM api_key WHERE hash = :hash AND used_at > :time")
                .bind("hash", hash)
                .bind("time", tx.now() - Tx.micros(NOTED))
                .exists());
    if (!noted) {
      database.write(tx ->
          tx.update("UPDATE api_key SET used_at = :now WHERE hash = :hash")
              .bind("hash", hash)
              .bind("now", tx.now())
              .execute());
    }
  }

  @Override
  public boolean revoke(String name) {
    return database.write(
        tx -> tx.update("DELETE FROM api_key WHERE name = :name").bind("name", name).execute() > 0);
  }
}
