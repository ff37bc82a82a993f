package dev.penstock.flow.store;

import java.time.InstantSource;

/// The time that leases live in: that of the database's server, so that machines whose clocks
/// differ agree; for SQLite, whose processes are all on one machine, that of the machine.
final class StoreClock {
  /// Microseconds since 1970, on PostgreSQL.
  static final String MICROS = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

  private final Dialect dialect;
  private final InstantSource machine;

  StoreClock(Dialect dialect, InstantSource machine) {
    this.dialect = dialect;
    this.machine = machine;
  }

  long now(SqlConnection connection) {
    return switch (dialect) {
      case SQLITE -> Tx.micros(machine.instant());
      case POSTGRESQL -> connection.query("SELECT " + MICROS).longs().one();
    };
  }
}
