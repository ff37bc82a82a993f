package dev.penstock.flow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A store in memory, for tests: it is gone when it is closed. The statements are the real ones;
/// the time is given to it. Several processes, so to speak, may share it, and each can end as if it
/// was killed. Safe for use by several threads.
public final class MemoryStore implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Listening> listening = new CopyOnWriteArrayList<>();
  private final Connection connection;
  private final Handle handle;
  private final InstantSource clock;

  /// @param clock the time of the store
  public MemoryStore(InstantSource clock) {
    this.clock = clock;
    try {
      connection = EmptyTables.copy();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    handle = Sql.over(connection).open();
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
    lock.lock();
    try {
      handle.close();
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      lock.unlock();
    }
  }

  private record Listening(Process process, Database.TopicListener listener) {}

  /// One process at the store.
  public final class Process implements AutoCloseable {
    private final String owner;
    private final Runnable committed;
    private final Memory memory = new Memory(this);
    private final Store store = new SqlStore(memory);
    private volatile boolean dead;

    private Process(String owner, Runnable committed) {
      this.owner = owner;
      this.committed = committed;
    }

    /// The store as this process sees it.
    public Store store() {
      return store;
    }

    /// Ends it: it reads and writes nothing more, and others need not wait for the end of its
    /// leases.
    public void kill() {
      lock.lock();
      try {
        dead = true;
        handle
            .createUpdate("UPDATE flow_run SET lease_until = 0 WHERE lease_owner = :owner")
            .bind("owner", owner)
            .execute();
      } finally {
        lock.unlock();
      }
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
      listening.removeIf(each -> each.process() == this);
    }
  }

  private final class Memory implements Database {
    private final Process process;

    Memory(Process process) {
      this.process = process;
    }

    @Override
    public <R extends @Nullable Object> R read(Work<R> work) {
      lock.lock();
      try {
        process.requireAlive();
        return work.in(transaction());
      } finally {
        lock.unlock();
      }
    }

    @Override
    public <R extends @Nullable Object> R write(Work<R> work) {
      Tx tx = transaction();
      R result;
      lock.lock();
      try {
        process.requireAlive();
        result = committed(tx, work);
        process.committed.run();
        process.requireAlive();
      } finally {
        lock.unlock();
      }
      tell(tx.topics());
      return result;
    }

    private <R extends @Nullable Object> R committed(Tx tx, Work<R> work) {
      handle.execute("BEGIN IMMEDIATE");
      try {
        R result = work.in(tx);
        tx.flush();
        handle.execute("COMMIT");
        return result;
      } catch (RuntimeException e) {
        handle.execute("ROLLBACK");
        throw e;
      }
    }

    private Tx transaction() {
      return new Tx(handle, Dialect.SQLITE, () -> Tx.micros(clock.instant()));
    }

    private void tell(Collection<String> topics) {
      for (String topic : topics) {
        listening.forEach(each -> each.listener().happened(topic));
      }
    }

    /// At once, so that a test sees it.
    @Override
    public CompletableFuture<Void> submit(Work<?> work) {
      try {
        write(work);
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
      Listening mine = new Listening(process, listener);
      listening.add(mine);
      return () -> listening.remove(mine);
    }

    @Override
    public Dialect dialect() {
      return Dialect.SQLITE;
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
