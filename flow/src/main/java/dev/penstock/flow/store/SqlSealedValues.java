package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The SQL of [SealedValues].
final class SqlSealedValues implements SealedValues {
  private final Database database;

  SqlSealedValues(Database database) {
    this.database = database;
  }

  @Override
  public Optional<String> currentKey() {
    return database.read(
        tx -> tx.query("SELECT id FROM sealing_key WHERE slot = 1").texts().findOne());
  }

  @Override
  public void putSecret(String name, SealedValue.Seal seal, String text) {
    StoredName.checked("secret", name);
    database.write(tx -> {
      put(tx, seal.of(SealedValues.secret(name), text));
      return null;
    });
  }

  static void put(Tx tx, SealedValue value) {
    claim(tx, value.key());
    tx.update(
            """
            INSERT INTO sealed (place, sealed_by, value, updated_at)
            VALUES (:place, :key, :value, :now)
            ON CONFLICT (place) DO UPDATE SET sealed_by = excluded.sealed_by,
              value = excluded.value, updated_at = excluded.updated_at
            """)
        .bind("place", value.place())
        .bind("key", value.key())
        .bind("value", value.value())
        .bind("now", tx.now())
        .execute();
  }

  /// The first key that is used is the store's, until it is rotated.
  private static void claim(Tx tx, String key) {
    tx.update("INSERT INTO sealing_key (slot, id) VALUES (1, :key) ON CONFLICT (slot) DO NOTHING")
        .bind("key", key)
        .execute();
    String current =
        tx.query("SELECT id FROM sealing_key WHERE slot = 1 " + tx.dialect().hold()).texts().one();
    if (!current.equals(key)) {
      throw new OtherKey(key, current);
    }
  }

  @Override
  public Optional<SealedValue> find(String place) {
    return database.read(tx ->
        tx.query("SELECT * FROM sealed WHERE place = :place")
            .bind("place", place)
            .map(SqlSealedValues::read)
            .findOne());
  }

  @Override
  public List<SecretEntry> secrets() {
    return database.read(tx ->
        tx.query("SELECT place, updated_at FROM sealed WHERE place LIKE 'secret/%' ORDER BY place")
            .map(row ->
                new SecretEntry(
                    row.getString("place").substring(SealedValues.secret("").length()),
                    Tx.instant(row.getLong("updated_at"))))
            .list());
  }

  @Override
  public boolean deleteSecret(String name) {
    return database.write(tx ->
        tx.update("DELETE FROM sealed WHERE place = :place")
                .bind("place", SealedValues.secret(name))
                .execute()
            > 0);
  }

  @Override
  public int reseal(String key, SealedValue.Reseal reseal) {
    return database.write(tx -> {
      tx.update(
              """
              INSERT INTO sealing_key (slot, id) VALUES (1, :key)
              ON CONFLICT (slot) DO UPDATE SET id = excluded.id
              """)
          .bind("key", key)
          .execute();
      List<SealedValue> all =
          tx.query("SELECT * FROM sealed ORDER BY place").map(SqlSealedValues::read).list();
      for (SealedValue before : all) {
        put(tx, reseal.of(before));
      }
      return all.size();
    });
  }

  private static SealedValue read(ResultSet row) throws SQLException {
    return new SealedValue(
        row.getString("place"), row.getString("sealed_by"), row.getString("value"));
  }
}
