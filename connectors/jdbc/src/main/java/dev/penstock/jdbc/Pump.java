package dev.penstock.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Carries filled buffers from the thread that fills them to worker threads that send them, so that
/// filling and sending overlap. The number of buffers bounds the memory. One thread fills; a buffer
/// goes to whichever worker is free.
///
/// @param <B> the buffer
final class Pump<B> {
  private static final int CANCEL_SECONDS = 5;

  /// The sending end; each is used by one thread of the pump.
  interface Worker<B> {
    void accept(B buffer) throws Exception;

    /// Everything accepted is to be in the table when this returns.
    void end() throws Exception;

    /// Drops what was accepted since the last end.
    void cancel() throws Exception;

    /// Called by another thread: breaks an [#accept] off that hangs.
    void abort();
  }

  private sealed interface Message<B> {
    record Filled<B>(B buffer) implements Message<B> {}

    /// Each worker takes one, and takes nothing else before all have taken theirs.
    record End<B>(boolean cancel, CountDownLatch all) implements Message<B> {}
  }

  private final BlockingQueue<B> free;
  private final BlockingQueue<Message<B>> messages = new LinkedBlockingQueue<>();
  private final List<Thread> threads;
  private final List<? extends Worker<B>> workers;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private @Nullable B current;

  Pump(String name, List<B> buffers, List<? extends Worker<B>> workers) {
    this.free = new ArrayBlockingQueue<>(buffers.size(), false, buffers);
    this.current = free.poll();
    this.workers = workers;
    this.threads =
        workers.stream()
            .map(worker -> Thread.ofPlatform().daemon().name(name).start(() -> serve(worker)))
            .toList();
  }

  /// The buffer to fill; no worker has it. Another one after [#exchange], [#finish] and [#cancel],
  /// also where they throw.
  B current() {
    return Objects.requireNonNull(current, "the pump was interrupted");
  }

  /// Hands the current buffer over and takes another one.
  void exchange() throws Exception {
    messages.add(new Message.Filled<>(current()));
    current = null;
    current = free.take();
    throwFailure();
  }

  /// Returns when everything handed over, and the current buffer, has been sent and ended.
  void finish() throws Exception {
    messages.add(new Message.Filled<>(current()));
    current = null;
    end(false).await();
    current = free.take();
    throwFailure();
  }

  /// Drops everything since the last finish, and the failure, if there was one. A worker that does
  /// not stop in time is broken off.
  void cancel() {
    CountDownLatch all = end(true);
    boolean interrupted = false;
    try {
      if (!all.await(CANCEL_SECONDS, TimeUnit.SECONDS)) {
        workers.forEach(Worker::abort);
        if (!all.await(CANCEL_SECONDS, TimeUnit.SECONDS)) {
          threads.forEach(Thread::interrupt);
        }
      }
    } catch (InterruptedException e) {
      interrupted = true;
      workers.forEach(Worker::abort);
    }
    failure.set(null);
    if (current == null) {
      current = free.poll();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private CountDownLatch end(boolean cancel) {
    CountDownLatch all = new CountDownLatch(workers.size());
    for (int i = 0; i < workers.size(); i++) {
      messages.add(new Message.End<>(cancel, all));
    }
    return all;
  }

  private void throwFailure() throws Exception {
    switch (failure.get()) {
      case null -> {}
      case Exception e -> throw e;
      case Throwable e -> throw new IllegalStateException("a sending thread failed", e);
    }
  }

  private void serve(Worker<B> worker) {
    try {
      while (true) {
        switch (messages.take()) {
          case Message.Filled<B>(B buffer) -> {
            if (failure.get() == null) {
              attempt(() -> worker.accept(buffer));
            }
            free.add(buffer);
          }
          case Message.End<B>(boolean cancel, CountDownLatch all) -> {
            if (cancel || failure.get() != null) {
              attempt(worker::cancel);
            } else {
              attempt(worker::end);
            }
            all.countDown();
            all.await();
          }
        }
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private interface Attempt {
    void run() throws Exception;
  }

  private void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  /// Ends the threads.
  ///
  /// @return whether they have ended; if not, one still uses its buffer
  boolean stop() {
    threads.forEach(Thread::interrupt);
    boolean stopped = join();
    if (!stopped) {
      workers.forEach(Worker::abort);
      stopped = join();
    }
    return stopped;
  }

  private boolean join() {
    boolean interrupted = Thread.interrupted();
    boolean stopped = true;
    for (Thread thread : threads) {
      try {
        stopped &= thread.join(Duration.ofSeconds(CANCEL_SECONDS));
      } catch (InterruptedException e) {
        interrupted = true;
        stopped &= !thread.isAlive();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return stopped;
  }
}
