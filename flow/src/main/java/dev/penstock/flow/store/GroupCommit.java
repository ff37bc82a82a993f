package dev.penstock.flow.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one thread of a process that writes to the store: what waits is committed together, in the
/// order it came. What nobody waits for lingers for a moment, so that it needs no commit of its
/// own. If any of it fails, all is rolled back and done again one by one, so that each fails for
/// itself alone; if the database is gone, all fails.
final class GroupCommit implements AutoCloseable {
  private static final int GROUP = 256;
  private static final int WAITING = 10_000;
  private static final long LINGER_NANOS = 20_000_000;

  private final WriterTransactions transactions;
  private final Consumer<Collection<String>> committed;
  private final BlockingQueue<Pending<?>> waiting = new LinkedBlockingQueue<>(WAITING);
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean ended;

  /// @param committed told of topics that transactions have woken
  GroupCommit(WriterTransactions transactions, Consumer<Collection<String>> committed) {
    this.transactions = transactions;
    this.committed = committed;
    thread = Thread.ofPlatform().daemon().name("penstock-store").start(this::work);
  }

  private static final class Pending<R extends @Nullable Object> {
    private final Database.Work<R> work;
    private final boolean awaited;
    private final CompletableFuture<R> result = new CompletableFuture<>();
    private @Nullable R value;

    /// @param awaited whether somebody waits for it
    Pending(Database.Work<R> work, boolean awaited) {
      this.work = work;
      this.awaited = awaited;
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
      return submit(work, true).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  <R extends @Nullable Object> CompletableFuture<R> submit(Database.Work<R> work) {
    return submit(work, false);
  }

  private <R extends @Nullable Object> CompletableFuture<R> submit(
      Database.Work<R> work, boolean awaited) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException(
          "whoever is told of what was committed must not write on that thread");
    }
    Pending<R> pending = new Pending<>(work, awaited);
    if (closed || !put(pending)) {
      refuse(pending);
    } else if (ended && waiting.remove(pending)) {
      refuse(pending);
    }
    return pending.result;
  }

  /// Waits for room. An interrupt does not end that: what an interrupted task has done is written
  /// all the same.
  private boolean put(Pending<?> pending) {
    boolean interrupted = false;
    try {
      while (!ended) {
        try {
          if (waiting.offer(pending, 1, TimeUnit.SECONDS)) {
            return true;
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void work() {
    List<Pending<?>> group = new ArrayList<>();
    try {
      while (!closed || !waiting.isEmpty()) {
        group.add(waiting.take());
        waiting.drainTo(group, GROUP - 1);
        linger(group);
        commit(group);
        group.clear();
      }
    } catch (InterruptedException e) {
      // nobody does that; then the store is closed
    } finally {
      ended = true;
      group.forEach(GroupCommit::refuse);
      waiting.removeIf(pending -> {
        refuse(pending);
        return true;
      });
      transactions.close();
    }
  }

  /// Takes more while nobody waits for any of it.
  private void linger(List<Pending<?>> group) throws InterruptedException {
    long end = System.nanoTime() + LINGER_NANOS;
    while (group.size() < GROUP && group.stream().noneMatch(pending -> pending.awaited)) {
      Pending<?> next = waiting.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      group.add(next);
      waiting.drainTo(group, GROUP - group.size());
    }
  }

  private void commit(List<Pending<?>> group) {
    Collection<String> topics;
    try {
      topics = transactions.run(tx -> group.forEach(pending -> pending.apply(tx)));
    } catch (RuntimeException | Error e) { // an error of one write must not be the end of all
      if (group.size() == 1 || StoreFailures.isBroken(e)) {
        group.forEach(pending -> pending.result.completeExceptionally(e));
        return;
      }
      for (Pending<?> alone : group) {
        commit(List.of(alone));
      }
      return;
    }
    group.forEach(Pending::committed);
    if (!topics.isEmpty()) {
      committed.accept(topics);
    }
  }

  private static void refuse(Pending<?> pending) {
    pending.result.completeExceptionally(new IllegalStateException("the store is closed"));
  }

  /// Commits what is waiting, then ends.
  @Override
  public void close() {
    closed = true;
    var unused = waiting.offer(new Pending<>(Tx::dialect, true));
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
