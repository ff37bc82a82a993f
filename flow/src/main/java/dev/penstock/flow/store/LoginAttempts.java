package dev.penstock.flow.store;

import java.time.Duration;
import java.util.List;

/// How often somebody tried to log in of late, counted for all servers of a store together.
public final class LoginAttempts {
  private final Database database;
  private final Duration window;

  LoginAttempts(Database database, Duration window) {
    this.database = database;
    this.window = window;
  }

  /// What attempts are counted by.
  ///
  /// @param name such as `address 127.0.0.1`
  /// @param most attempts in a window
  public record Subject(String name, int most) {}

  /// Counts an attempt, before it is made: many at once are counted too.
  ///
  /// @return whether it may be made; it may not when there were too many for any of the subjects
  public boolean begin(List<Subject> subjects) {
    return database.write(tx -> {
      boolean allowed = true;
      for (Subject subject : subjects) {
        count(tx, subject.name());
        int attempts =
            tx.query("SELECT attempts FROM login_attempt WHERE subject = :subject")
                .bind("subject", subject.name())
                .mapTo(Integer.class)
                .one();
        allowed &= attempts <= subject.most();
      }
      return allowed;
    });
  }

  private void count(Tx tx, String subject) {
    tx.update(
            """
            INSERT INTO login_attempt (subject, attempts, since) VALUES (:subject, 1, :now)
            ON CONFLICT (subject) DO UPDATE SET
              attempts = CASE WHEN login_attempt.since <= :before THEN 1
                ELSE login_attempt.attempts + 1 END,
              since = CASE WHEN login_attempt.since <= :before THEN :now
                ELSE login_attempt.since END
            """)
        .bind("subject", subject)
        .bind("now", tx.now())
        .bind("before", tx.now() - Tx.micros(window))
        .execute();
  }

  /// Takes back what an attempt was counted for that was right: attempts of a name are forgotten,
  /// of others the one.
  public void succeeded(Subject name, Subject other) {
    database.write(tx -> {
      tx.update("DELETE FROM login_attempt WHERE subject = :subject")
          .bind("subject", name.name())
          .execute();
      return tx.update(
              """
              UPDATE login_attempt SET attempts = attempts - 1
              WHERE subject = :subject AND attempts > 0
              """)
          .bind("subject", other.name())
          .execute();
    });
  }

  static void forgetOld(Tx tx) {
    tx.update("DELETE FROM login_attempt WHERE since <= :before")
        .bind("before", tx.now() - Tx.micros(Duration.ofDays(1)))
        .execute();
  }
}
