package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The SQL of [Users].
final class SqlUsers implements Users {
  private final Database database;

  SqlUsers(Database database) {
    this.database = database;
  }

  @Override
  public boolean create(String name, Role role, String password) {
    String kept = User.named(name);
    return database.write(tx ->
        tx.update(
                    """
                    INSERT INTO server_user (name, role, password, created_at, updated_at)
                    VALUES (:name, :role, :password, :now, :now) ON CONFLICT (name) DO NOTHING
                    """)
                .bind("name", kept)
                .bind("role", role.name())
                .bind("password", password)
                .bind("now", tx.now())
                .execute()
            > 0);
  }

  @Override
  public boolean any() {
    return database.read(tx -> tx.query("SELECT 1 FROM server_user LIMIT 1").exists());
  }

  @Override
  public List<User> list() {
    return database.read(
        tx -> tx.query("SELECT * FROM server_user ORDER BY name").map(SqlUsers::read).list());
  }

  @Override
  public Optional<User> find(String name) {
    return database.read(tx ->
        tx.query("SELECT * FROM server_user WHERE name = :name")
            .bind("name", kept(name))
            .map(SqlUsers::read)
            .findOne());
  }

  @Override
  public Optional<String> password(String name) {
    return database.read(tx ->
        tx.query("SELECT password FROM server_user WHERE name = :name")
            .bind("name", kept(name))
            .texts()
            .findOne());
  }

  @Override
  public boolean setPassword(String name, String password) {
    return database.write(tx -> {
      tx.update("DELETE FROM login_session WHERE user_name = :name")
          .bind("name", kept(name))
          .execute();
      return tx.update(
                  """
                  UPDATE server_user SET password = :password, updated_at = :now
                  WHERE name = :name
                  """)
              .bind("name", kept(name))
              .bind("password", password)
              .bind("now", tx.now())
              .execute()
          > 0;
    });
  }

  @Override
  public boolean setRole(String name, Role role) {
    return database.write(tx ->
        tx.update("UPDATE server_user SET role = :role, updated_at = :now WHERE name = :name")
                .bind("name", kept(name))
                .bind("role", role.name())
                .bind("now", tx.now())
                .execute()
            > 0);
  }

  @Override
  public boolean delete(String name) {
    return database.write(tx ->
        tx.update("DELETE FROM server_user WHERE name = :name").bind("name", kept(name)).execute()
            > 0);
  }

  private static String kept(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  static User read(ResultSet row) throws SQLException {
    return new User(
        row.getString("name"),
        Role.valueOf(row.getString("role")),
        Tx.instant(row.getLong("created_at")),
        Tx.instant(row.getLong("updated_at")));
  }
}
