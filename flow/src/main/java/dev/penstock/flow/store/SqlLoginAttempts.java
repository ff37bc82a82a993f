package dev.penstock.flow.store;

import java.time.Duration;
import java.util.List;

/// The SQL of [LoginAttempts].
final class SqlLoginAttempts implements LoginAttempts {
  private final Database database;

  private final Duration window;

  SqlLoginAttempts(Database database, Duration window) {
    this.database = database;
    this.window = window;
  }

  @Override
  public boolean begin(List<Subject> subjects) {
    return database.write(tx -> {
      boolean allowed = true;
      for (Subject subject : subjects) {
        count(tx, subject.name());
        int attempts =
            tx.query("SELECT attempts FROM login_attempt WHERE subject = :subject")
                .bind("subject", subject.name())
                .integers()
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

  @Override
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
