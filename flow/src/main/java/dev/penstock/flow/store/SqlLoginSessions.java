package dev.penstock.flow.store;

import java.time.Duration;
import java.util.Optional;

/// The SQL of [LoginSessions].
final class SqlLoginSessions implements LoginSessions {
  /// The use of a session is noted no more often.
  private static final Duration NOTED = Duration.ofMinutes(5);

  private final Database database;

  SqlLoginSessions(Database database) {
    this.database = database;
  }

  @Override
  public void open(String token, String user, Duration longest) {
    database.write(tx ->
        tx.update(
                """
                INSERT INTO login_session (token, user_name, created_at, used_at, expires_at)
                VALUES (:token, :user, :now, :now, :expires)
                """)
            .bind("token", token)
            .bind("user", User.named(user))
            .bind("now", tx.now())
            .bind("expires", tx.in(longest))
            .execute());
  }

  @Override
  public Optional<User> use(String token, Duration idle) {
    boolean noted = database.read(tx -> usedAfter(tx, token, tx.now() - Tx.micros(NOTED)));
    Optional<User> user =
        database.read(tx ->
            tx.query(
                    """
                    SELECT u.* FROM login_session s JOIN server_user u ON u.name = s.user_name
                    WHERE s.token = :token AND s.expires_at > :now AND s.used_at > :idle
                    """)
                .bind("token", token)
                .bind("now", tx.now())
                .bind("idle", tx.now() - Tx.micros(idle))
                .map(SqlUsers::read)
                .findOne());
    if (user.isPresent() && !noted) {
      database.write(tx ->
          tx.update("UPDATE login_session SET used_at = :now WHERE token = :token")
              .bind("token", token)
              .bind("now", tx.now())
              .execute());
    }
    return user;
  }

  private static boolean usedAfter(Tx tx, String token, long time) {
    return tx.query("SELECT 1 FROM login_session WHERE token = :token AND used_at > :time")
        .bind("token", token)
        .bind("time", time)
        .exists();
  }

  @Override
  public void close(String token) {
    database.write(tx ->
        tx.update("DELETE FROM login_session WHERE token = :token").bind("token", token).execute());
  }

  static void forgetExpired(Tx tx) {
    tx.update("DELETE FROM login_session WHERE expires_at <= :now").bind("now", tx.now()).execute();
  }
}
