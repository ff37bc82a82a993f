package dev.penstock.flow.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connection to tables in memory, which several processes, so to speak, take turns to use, and
/// by which they wake each other. Safe for use by several threads.
final class SharedMemory {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Listening> listening = new CopyOnWriteArrayList<>();
  private final SqlConnection connection;
  private final LongSupplier clock;

  /// @param clock the time of the store, in microseconds since 1970
  SharedMemory(SqlConnection connection, LongSupplier clock) {
    this.connection = connection;
    this.clock = clock;
  }

  /// One that uses the memory.
  interface User {
    /// A transaction of it was committed; it does not know yet.
    void committed();

    /// It is to hear something.
    void hear(Runnable listener);
  }

  private record Listening(User user, Database.TopicListener listener) {}

  <R extends @Nullable Object> R read(Database.Work<R> work) {
    return alone(() -> work.in(transaction()));
  }

  <R extends @Nullable Object> R write(User user, Database.Work<R> work) {
    Tx tx = transaction();
    R result =
        alone(() -> {
          R done = commit(tx, work);
          user.committed();
          return done;
        });
    for (String topic : tx.topics()) {
      listening.forEach(each -> each.user().hear(() -> each.listener().happened(topic)));
    }
    return result;
  }

  private <R extends @Nullable Object> R commit(Tx tx, Database.Work<R> work) {
    connection.begin();
    try {
      R result = work.in(tx);
      tx.flush();
      connection.commit();
      return result;
    } catch (RuntimeException e) {
      connection.rollback();
      throw e;
    }
  }

  private Tx transaction() {
    return new Tx(connection, clock);
  }

  /// Does something while nobody else uses the memory.
  <R extends @Nullable Object> R alone(Supplier<R> what) {
    lock.lock();
    try {
      return what.get();
    } finally {
      lock.unlock();
    }
  }

  AutoCloseable listen(User user, Database.TopicListener listener) {
    Listening mine = new Listening(user, listener);
    listening.add(mine);
    return () -> listening.remove(mine);
  }

  /// It hears nothing more.
  void leave(User user) {
    listening.removeIf(each -> each.user() == user);
  }
}
