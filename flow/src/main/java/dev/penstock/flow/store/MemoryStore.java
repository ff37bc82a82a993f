package dev.penstock.flow.store;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A store in memory, for tests: it is gone when it is closed. The statements are the real ones;
/// the time is given to it. Several processes, so to speak, may share it, and each can end as if it
/// was killed. Safe for use by several threads.
public final class MemoryStore implements AutoCloseable {
  private final SqlConnection connection;
  private final SharedMemory memory;

  /// @param clock the time of the store
  public MemoryStore(InstantSource clock) {
    try {
      connection = new SqlConnection(EmptyTables.copy(), Dialect.SQLITE);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    memory = new SharedMemory(connection, () -> Tx.micros(clock.instant()));
  }

  /// One that uses the store.
  ///
  /// @param owner the name under which it holds runs
  /// @param committed called after each of its transactions, before it knows that it has committed:
  ///   a process that is killed there does not learn it
  public Process process(String owner, Runnable committed) {
    return new Process(owner, committed);
  }

  @Override
  public void close() {
    memory.alone(() -> {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return null;
    });
  }

  /// One process at the store.
  public final class Process implements AutoCloseable {
    private final String owner;
    private final Memory database;
    private final Store store;
    private volatile boolean dead;

    private Process(String owner, Runnable committed) {
      this.owner = owner;
      this.database = new Memory(this, committed);
      this.store = new SqlStore(database);
    }

    /// The store as this process sees it.
    public Store store() {
      return store;
    }

    /// Ends it: it reads and writes nothing more, and others need not wait for the end of its
    /// leases.
    public void kill() {
      memory.alone(() -> {
        dead = true;
        return connection
            .update("UPDATE flow_run SET lease_until = 0 WHERE lease_owner = :owner")
            .bind("owner", owner)
            .execute();
      });
      close();
    }

    /// Whether it was killed.
    public boolean isDead() {
      return dead;
    }

    private void requireAlive() {
      if (dead) {
        throw new StoreUnavailable(
            "process '" + owner + "' was killed", new SQLException("killed"));
      }
    }

    @Override
    public void close() {
      database.close();
    }
  }

  private final class Memory implements Database, SharedMemory.User {
    private final Process process;
    private final Runnable committed;

    Memory(Process process, Runnable committed) {
      this.process = process;
      this.committed = committed;
    }

    @Override
    public <R extends @Nullable Object> R read(Work<R> work) {
      return memory.read(whileAlive(work));
    }

    @Override
    public <R extends @Nullable Object> R write(Work<R> work) {
      return memory.write(this, whileAlive(work));
    }

    private <R extends @Nullable Object> Work<R> whileAlive(Work<R> work) {
      return tx -> {
        process.requireAlive();
        return work.in(tx);
      };
    }

    @Override
    public void committed() {
      committed.run();
      process.requireAlive();
    }

    @Override
    public void hear(Runnable listener) {
      listener.run();
    }

    /// At once, so that a test sees it.
    @Override
    public CompletableFuture<Void> submit(Work<?> work) {
      try {
        write(Sent.once(work));
        return CompletableFuture.completedFuture(null);
      } catch (RuntimeException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    public void notify(Tx tx, String topic) {
      tx.wake(topic);
    }

    @Override
    public AutoCloseable listen(TopicListener listener) {
      return memory.listen(this, listener);
    }

    @Override
    public Dialect dialect() {
      return Dialect.SQLITE;
    }

    @Override
    public void close() {
      memory.leave(this);
    }
  }
}
