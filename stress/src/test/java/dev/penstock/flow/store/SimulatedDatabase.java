package dev.penstock.flow.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A store in memory for simulations. The statements are the real ones; the time is the
/// simulation's; and at each transaction of a process the simulation may let others go first, fail
/// it, or keep its answer. For one thread at a time.
public final class SimulatedDatabase implements AutoCloseable {
  private final SimulatedTables tables;
  private final SharedMemory memory;

  /// @param clock the time of the store, in microseconds since 1970
  /// @param statements what is made of each statement: it stays as it is, unless a bug is planted
  public SimulatedDatabase(LongSupplier clock, UnaryOperator<String> statements) {
    this.tables = SimulatedTables.take(statements);
    this.memory = new SharedMemory(tables.connection(), clock);
  }

  /// What happens to the transactions of one process.
  public interface Traffic extends SharedMemory.User {
    /// Before a transaction.
    ///
    /// @throws StoreUnavailable when it does not get so far
    void before();

    /// The process is about to be told so.
    ///
    /// @throws StoreUnavailable when nobody tells it
    void answered();
  }

  /// The failure of a store that cannot be reached.
  public static StoreUnavailable unavailable(String why) {
    return new StoreUnavailable("the store is away: " + why, new SQLException(why));
  }

  /// The store as one process sees it.
  public Process process(Traffic traffic) {
    return new Process(traffic);
  }

  /// The connection, for whoever looks at the tables from outside of the simulation.
  public Connection connection() {
    return tables.connection().connection();
  }

  /// A statement for whoever looks from outside, kept for the worlds to come: nobody closes it.
  public PreparedStatement statement(String sql) throws SQLException {
    return tables.statement(sql);
  }

  /// What was written to the tables.
  public ChangedRows changed() {
    return tables.changed();
  }

  @Override
  public void close() {
    tables.giveBack();
  }

  /// One process at the store.
  public final class Process implements Database {
    private final Traffic traffic;
    private final Store store = new SqlStore(this);
    private final List<Work<?>> submitted = new ArrayList<>();

    private Process(Traffic traffic) {
      this.traffic = traffic;
    }

    public Store store() {
      return store;
    }

    @Override
    public <R extends @Nullable Object> R read(Work<R> work) {
      traffic.before();
      return memory.read(work);
    }

    /// Commits this together with what was submitted before; each for itself, should that fail.
    @Override
    public <R extends @Nullable Object> R write(Work<R> work) {
      try {
        traffic.before();
      } catch (StoreUnavailable e) {
        submitted.clear(); // as all that waits fails with it
        throw e;
      }
      List<Work<?>> before = List.copyOf(submitted);
      submitted.clear();
      R result;
      try {
        result =
            commit(tx -> {
              before.forEach(each -> each.in(tx));
              return work.in(tx);
            });
      } catch (RuntimeException e) {
        before.forEach(this::alone);
        result = commit(work);
      }
      traffic.answered();
      return result;
    }

    private <R extends @Nullable Object> R commit(Work<R> work) {
      try {
        return memory.write(traffic, work);
      } catch (RuntimeException e) {
        tables.changed().clear(); // rolled back
        throw e;
      }
    }

    private void alone(Work<?> work) {
      try {
        commit(work);
      } catch (Fenced e) {
        // whoever submitted it does not wait for it
      }
    }

    @Override
    public CompletableFuture<Void> submit(Work<?> work) {
      submitted.add(work);
      return new CompletableFuture<>();
    }

    /// Commits what was submitted, which a process does even if nothing else is written.
    public void flush() {
      if (!submitted.isEmpty()) {
        write(Tx::dialect);
      }
    }

    @Override
    public void notify(Tx tx, String topic) {
      tx.wake(topic);
    }

    @Override
    public AutoCloseable listen(TopicListener listener) {
      return memory.listen(traffic, listener);
    }

    @Override
    public Dialect dialect() {
      return Dialect.SQLITE;
    }

    /// The process is gone, with all that it has not written.
    @Override
    public void close() {
      submitted.clear();
      memory.leave(traffic);
    }
  }
}
