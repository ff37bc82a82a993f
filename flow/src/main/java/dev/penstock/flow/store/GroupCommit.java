package dev.penstock.flow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The one thread of a process that writes to the store: what waits is committed together, in the
/// order it came. If any of it fails, all is rolled back and done again one by one, so that each
/// fails for itself alone.
final class GroupCommit implements AutoCloseable {
  private static final int GROUP = 256;

  private final StoreUrl url;
  private final StoreClock clock;
  private final BlockingQueue<Pending<?>> waiting = new LinkedBlockingQueue<>(10_000);
  private final Thread thread;
  private @Nullable Handle handle;
  private volatile boolean closed;

  GroupCommit(StoreUrl url, StoreClock clock) {
    this.url = url;
    this.clock = clock;
    thread = Thread.ofPlatform().daemon().name("penstock-store").start(this::work);
  }

  private static final class Pending<R extends @Nullable Object> {
    private final Database.Work<R> work;
    private final CompletableFuture<R> result = new CompletableFuture<>();
    private @Nullable R value;

    Pending(Database.Work<R> work) {
      this.work = work;
    }

    void apply(Tx tx) {
      value = work.in(tx);
    }

    @SuppressWarnings("NullAway") // R says whether it may be null
    void committed() {
      result.complete(value);
    }
  }

  <R extends @Nullable Object> R write(Database.Work<R> work) {
    try {
      return submit(work).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  <R extends @Nullable Object> CompletableFuture<R> submit(Database.Work<R> work) {
    Pending<R> pending = new Pending<>(work);
    try {
      waiting.put(pending);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      // Not to be lost: what an interrupted task has done is written all the same.
      while (!waiting.offer(pending)) {
        Thread.onSpinWait();
      }
    }
    if (closed) {
      refuseWaiting();
    }
    return pending.result;
  }

  private void work() {
    List<Pending<?>> group = new ArrayList<>();
    try {
      while (!closed || !waiting.isEmpty()) {
        group.add(waiting.take());
        waiting.drainTo(group, GROUP - 1);
        commit(group);
        group.clear();
      }
    } catch (InterruptedException e) {
      // closing
    } finally {
      refuseWaiting();
      disconnect();
    }
  }

  private void commit(List<Pending<?>> group) {
    try {
      transaction(group);
      group.forEach(Pending::committed);
    } catch (RuntimeException e) {
      if (group.size() == 1) {
        group.getFirst().result.completeExceptionally(e);
        return;
      }
      for (Pending<?> alone : group) {
        commit(List.of(alone));
      }
    }
  }

  private void transaction(List<Pending<?>> group) {
    try {
      Handle open = connected();
      open.begin();
      Tx tx = new Tx(open, url.dialect(), clock.now(open));
      for (Pending<?> pending : group) {
        pending.apply(tx);
      }
      open.commit();
    } catch (RuntimeException e) {
      rollback();
      throw StoreFailures.told(url, e);
    } catch (SQLException e) {
      throw StoreFailures.unavailable(url, e);
    }
  }

  private Handle connected() throws SQLException {
    Handle open = handle;
    if (open == null) {
      Connection connection = url.connect();
      open = Sql.over(connection).open();
      handle = open;
    }
    return open;
  }

  private void rollback() {
    try {
      Handle open = handle;
      if (open != null) {
        open.rollback();
      }
    } catch (RuntimeException e) {
      disconnect();
    }
  }

  private void disconnect() {
    Handle open = handle;
    handle = null;
    if (open != null) {
      try {
        open.getConnection().close();
      } catch (SQLException e) {
        // it is gone already
      }
    }
  }

  private void refuseWaiting() {
    List<Pending<?>> left = new ArrayList<>();
    waiting.drainTo(left);
    left.forEach(pending ->
        pending.result.completeExceptionally(new IllegalStateException("the store is closed")));
  }

  /// Commits what is waiting, then ends.
  @Override
  public void close() {
    closed = true;
    if (waiting.isEmpty()) {
      waiting.offer(new Pending<>(Tx::now));
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
