package dev.penstock.flow.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/// An open transaction: its statements, and the time it happens at. For one thread.
final class Tx {
  private final Handle handle;
  private final Dialect dialect;
  private final long now;
  private final Set<Lease> held = new HashSet<>();

  Tx(Handle handle, Dialect dialect, long now) {
    this.handle = handle;
    this.dialect = dialect;
    this.now = now;
  }

  Update update(String sql) {
    return handle.createUpdate(sql);
  }

  Query query(String sql) {
    return handle.createQuery(sql);
  }

  Handle handle() {
    return handle;
  }

  Dialect dialect() {
    return dialect;
  }

  /// The time by the clock of the store, in microseconds since 1970: the same for all processes,
  /// whatever their own clocks say.
  long now() {
    return now;
  }

  long in(Duration delay) {
    return now + micros(delay);
  }

  /// Refuses the writes of a process whose run was taken by another. The run cannot be taken until
  /// this transaction ends.
  ///
  /// @throws Fenced when the lease is no longer the run's
  void require(Lease lease) {
    if (held.contains(lease)) {
      return;
    }
    boolean mine =
        query(
                "SELECT 1 FROM flow_run WHERE id = :run AND fence = :fence AND lease_owner = :owner "
                    + dialect.forShare())
            .bind("run", lease.run())
            .bind("fence", lease.fence())
            .bind("owner", lease.owner())
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!mine) {
      throw new Fenced(lease);
    }
    held.add(lease);
  }

  static long micros(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1000);
  }

  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
