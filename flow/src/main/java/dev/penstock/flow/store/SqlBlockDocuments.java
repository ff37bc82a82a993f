package dev.penstock.flow.store;

import dev.penstock.data.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The SQL of [BlockDocuments].
final class SqlBlockDocuments implements BlockDocuments {
  private final Database database;

  SqlBlockDocuments(Database database) {
    this.database = database;
  }

  @Override
  public int save(
      String type,
      String name,
      String settings,
      Map<String, Secret> secrets,
      SealedValue.Seal seal) {
    StoredName.checked("block", name);
    return database.write(tx -> {
      Optional<Integer> saved = insert(tx, type, name, settings, secrets, newest(tx, type, name));
      while (saved.isEmpty()) { // another process has saved the same version just now
        saved = insert(tx, type, name, settings, secrets, newest(tx, type, name));
      }
      seal(tx, type, name, saved.get(), secrets, seal);
      return saved.get();
    });
  }

  @Override
  public Optional<Integer> replace(
      String type,
      String name,
      String settings,
      Map<String, Secret> secrets,
      @Nullable Instant seen,
      SealedValue.Seal seal) {
    StoredName.checked("block", name);
    return database.write(tx -> {
      Optional<BlockDocument> there = newest(tx, type, name);
      if (!Objects.equals(there.map(BlockDocument::saved).orElse(null), seen)) {
        return Optional.empty();
      }
      Optional<Integer> saved = insert(tx, type, name, settings, secrets, there);
      saved.ifPresent(version -> seal(tx, type, name, version, secrets, seal));
      return saved;
    });
  }

  private static void seal(
      Tx tx,
      String type,
      String name,
      int version,
      Map<String, Secret> secrets,
      SealedValue.Seal seal) {
    secrets.forEach((setting, secret) ->
        SqlSealedValues.put(
            tx, seal.of(SealedValues.setting(type, name, version, setting), secret.reveal())));
  }

  /// It stays until the transaction is over.
  private static Optional<BlockDocument> newest(Tx tx, String type, String name) {
    return lock(tx, type, name).stream()
        .max((one, other) -> Integer.compare(one.version(), other.version()));
  }

  /// Makes the version after the newest one; empty when another process has just made it.
  private static Optional<Integer> insert(
      Tx tx,
      String type,
      String name,
      String settings,
      Map<String, Secret> secrets,
      Optional<BlockDocument> newest) {
    int version = newest.map(BlockDocument::version).orElse(0) + 1;
    int made =
        tx.update(
                """
                INSERT INTO block (type, name, version, settings, secrets, created_at)
                VALUES (:type, :name, :version, :settings, :secrets, :now)
                ON CONFLICT DO NOTHING
                """)
            .bind("type", type)
            .bind("name", name)
            .bind("version", version)
            .bind("settings", settings)
            .bind("secrets", Tags.write(List.copyOf(secrets.keySet())))
            .bind("now", tx.now())
            .execute();
    return made == 0 ? Optional.empty() : Optional.of(version);
  }

  @Override
  public Optional<BlockDocument> find(String type, String name) {
    return versions(type, name).stream().findFirst();
  }

  @Override
  public List<BlockDocument> versions(String type, String name) {
    return database.read(tx ->
        tx.query("SELECT * FROM block WHERE type = :type AND name = :name ORDER BY version DESC")
            .bind("type", type)
            .bind("name", name)
            .map(SqlBlockDocuments::read)
            .list());
  }

  @Override
  public List<BlockDocument> named(String name) {
    return database.read(tx ->
        tx.query(NEWEST + " AND name = :name ORDER BY type")
            .bind("name", name)
            .map(SqlBlockDocuments::read)
            .list());
  }

  @Override
  public List<BlockDocument> list() {
    return database.read(
        tx -> tx.query(NEWEST + " ORDER BY type, name").map(SqlBlockDocuments::read).list());
  }

  private static final String NEWEST =
      """
      SELECT * FROM block b WHERE version = (
        SELECT max(version) FROM block v WHERE v.type = b.type AND v.name = b.name)
      """;

  @Override
  public boolean delete(String type, String name) {
    return database.write(tx -> {
      for (BlockDocument version : lock(tx, type, name)) {
        for (String setting : version.secrets()) {
          tx.update("DELETE FROM sealed WHERE place = :place")
              .bind("place", version.place(setting))
              .execute();
        }
      }
      return tx.update("DELETE FROM block WHERE type = :type AND name = :name")
              .bind("type", type)
              .bind("name", name)
              .execute()
          > 0;
    });
  }

  private static List<BlockDocument> lock(Tx tx, String type, String name) {
    return tx.query(
            "SELECT * FROM block WHERE type = :type AND name = :name " + tx.dialect().hold())
        .bind("type", type)
        .bind("name", name)
        .map(SqlBlockDocuments::read)
        .list();
  }

  private static BlockDocument read(ResultSet row) throws SQLException {
    return new BlockDocument(
        row.getString("type"),
        row.getString("name"),
        row.getInt("version"),
        row.getString("settings"),
        Tags.read(row.getString("secrets")),
        Tx.instant(row.getLong("created_at")));
  }
}
