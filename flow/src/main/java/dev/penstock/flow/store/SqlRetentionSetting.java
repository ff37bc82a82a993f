package dev.penstock.flow.store;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// The SQL of [RetentionSetting].
final class SqlRetentionSetting implements RetentionSetting {
  private final Database database;

  SqlRetentionSetting(Database database) {
    this.database = database;
  }

  @Override
  public Retained get() {
    return database.read(tx ->
        tx.query("SELECT age, per_flow FROM retention WHERE id = 1")
            .map(row ->
                Retained.DEFAULT.with(
                    Duration.of(row.getLong("age"), ChronoUnit.MICROS), row.getInt("per_flow")))
            .findOne()
            .orElse(Retained.DEFAULT));
  }

  @Override
  public void set(Duration age, int perFlow) {
    Retained wanted = Retained.DEFAULT.with(age, perFlow);
    database.write(tx ->
        tx.update(
                """
                INSERT INTO retention (id, age, per_flow) VALUES (1, :age, :perFlow)
                ON CONFLICT (id) DO UPDATE SET age = excluded.age, per_flow = excluded.per_flow
                """)
            .bind("age", Tx.micros(wanted.age()))
            .bind("perFlow", wanted.perFlow())
            .execute());
  }
}
