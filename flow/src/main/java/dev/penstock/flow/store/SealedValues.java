package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The encrypted values of a store. All are encrypted by one key, whose id the store knows; the key
/// itself is elsewhere.
public final class SealedValues {
  private final Database database;

  SealedValues(Database database) {
    this.database = database;
  }

  /// The id of the key that values are encrypted with; empty before the first value.
  public Optional<String> currentKey() {
    return database.read(
        tx -> tx.query("SELECT id FROM sealing_key WHERE slot = 1").mapTo(String.class).findOne());
  }

  /// Keeps a secret in place of what was there.
  ///
  /// @throws OtherKey when it is encrypted by another key than the store's
  public void putSecret(String name, SealedValue.Seal seal, String text) {
    StoredName.checked("secret", name);
    database.write(tx -> {
      put(tx, seal.of(secret(name), text));
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
        tx.query("SELECT id FROM sealing_key WHERE slot = 1 " + tx.dialect().hold())
            .mapTo(String.class)
            .one();
    if (!current.equals(key)) {
      throw new OtherKey(key, current);
    }
  }

  public Optional<SealedValue> find(String place) {
    return database.read(tx ->
        tx.query("SELECT * FROM sealed WHERE place = :place")
            .bind("place", place)
            .map((row, _) -> read(row))
            .findOne());
  }

  /// A secret as everybody may know it.
  public record SecretEntry(String name, Instant updated) {}

  /// All secrets, by name.
  public List<SecretEntry> secrets() {
    return database.read(tx ->
        tx.query("SELECT place, updated_at FROM sealed WHERE place LIKE 'secret/%' ORDER BY place")
            .map((row, _) ->
                new SecretEntry(
                    row.getString("place").substring(secret("").length()),
                    Tx.instant(row.getLong("updated_at"))))
            .list());
  }

  /// @return whether it was there
  public boolean deleteSecret(String name) {
    return database.write(tx ->
        tx.update("DELETE FROM sealed WHERE place = :place").bind("place", secret(name)).execute()
            > 0);
  }

  /// Encrypts all values by another key, which is the store's from then on. All, or none if any
  /// fails.
  ///
  /// @return how many
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
          tx.query("SELECT * FROM sealed ORDER BY place").map((row, _) -> read(row)).list();
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

  /// The place of a secret.
  public static String secret(String name) {
    return "secret/" + name;
  }

  /// The place of a secret setting of a block.
  public static String setting(String type, String name, int version, String setting) {
    return "block/" + type + "/" + name + "/" + version + "/" + setting;
  }
}
