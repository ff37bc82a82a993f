package dev.penstock.jdbc;

import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Reads several splits at once, each over a connection of its own. A thread takes one split after
/// another and puts its chunks into a queue that has room for one chunk a thread: nothing else is
/// read ahead, but for what the drivers fetch. Chunks of several splits come mixed, those of one in
/// their order.
///
/// The first split goes ahead: the others are begun when its first chunk is handed out. So nothing
/// of theirs is committed before it has a position, which tells later runs how the rows are parted.
final class ParallelReader<T> implements Reader<T> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long CANCEL_MILLIS = 100;

  private final Pieces pieces;
  private final RowQuery<T> query;
  private final int connections;
  private final Queue<Piece> waiting = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Message<T>> messages;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Set<Split> released = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  // of the thread that polls
  private final Set<Split> unfinished = new HashSet<>();
  private final List<Worker> workers = new ArrayList<>();
  private boolean begun;

  private sealed interface Message<T> {
    record Rows<T>(RowChunk<T> chunk) implements Message<T> {}

    /// Wakes the poll that waits; the failure itself does not wait for room in the queue.
    record Broken<T>() implements Message<T> {}
  }

  ParallelReader(Pieces pieces, RowQuery<T> query, int connections) {
    this.pieces = pieces;
    this.query = query;
    this.connections = connections;
    this.messages = new ArrayBlockingQueue<>(connections);
  }

  @Override
  public void assign(Map<Split, Optional<Position>> from) {
    List<Piece> assigned = pieces.of(from);
    unfinished.addAll(from.keySet());
    waiting.addAll(assigned);
  }

  @Override
  public void release(Set<Split> splits) {
    released.addAll(splits);
    unfinished.removeAll(splits);
    waiting.removeIf(piece -> splits.contains(piece.split()));
  }

  @Override
  public @Nullable Chunk<T> poll(Duration upTo) throws Exception {
    long until = System.nanoTime() + upTo.toNanos();
    while (!unfinished.isEmpty()) {
      throwFailure();
      startWorkers();
      switch (messages.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        case null -> {
          throwFailure();
          return new RowChunk<>(unfinished.iterator().next(), 0);
        }
        case Message.Broken<T> _ -> {} // thrown above
        case Message.Rows<T>(RowChunk<T> chunk) -> {
          begun = true;
          if (!released.contains(chunk.split())) {
            if (chunk.last()) {
              unfinished.remove(chunk.split());
            }
            return chunk;
          }
        }
      }
    }
    return null;
  }

  /// Stays: who polls again after a failure gets it again.
  private void throwFailure() throws Exception {
    switch (failure.get()) {
      case null -> {}
      case Exception e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException("reading failed", e);
    }
  }

  private void startWorkers() {
    workers.removeIf(worker -> !worker.thread.isAlive());
    while (workers.size() < (begun ? Math.min(connections, waiting.size() + workers.size()) : 1)
        && !waiting.isEmpty()) {
      Worker worker = new Worker();
      workers.add(worker);
      worker.thread.start();
    }
  }

  /// A thread, and the reader that only it uses.
  private final class Worker {
    private final JdbcReader<T> reader = new JdbcReader<>(pieces, query);

    /// Not a virtual one: drivers with native code would keep the carriers from the steps.
    final Thread thread =
        Thread.ofPlatform().daemon().name("penstock-jdbc-read").unstarted(this::run);

    private void run() {
      try (reader) {
        for (Piece piece = waiting.poll(); piece != null; piece = waiting.poll()) {
          read(piece);
        }
      } catch (InterruptedException e) {
        // closed
      } catch (Throwable e) {
        failure.compareAndSet(null, e);
        messages.offer(new Message.Broken<>()); // if it is full, nobody waits
      }
    }

    private void read(Piece piece) throws Exception {
      reader.assign(piece);
      while (true) {
        if (closed) {
          throw new InterruptedException();
        }
        RowChunk<T> chunk = reader.poll(Duration.ZERO);
        if (chunk == null) {
          return;
        }
        if (released.contains(piece.split())) {
          reader.release(Set.of(piece.split()));
          return;
        }
        messages.put(new Message.Rows<>(chunk));
      }
    }
  }

  /// Breaks off what still runs in the database, and ends all threads; each closes its connection.
  @Override
  public void close() {
    closed = true;
    waiting.clear();
    boolean interrupted = Thread.interrupted();
    workers.forEach(worker -> worker.thread.interrupt());
    if (!join(JdbcReader::wakeUp)) {
      join(JdbcReader::abort);
    }
    messages.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Breaking {
    void off(JdbcReader<?> reader);
  }

  /// Breaks off again and again, since that does nothing to a query that is about to begin.
  ///
  /// @return whether all threads have ended in time
  private boolean join(Breaking breaking) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      workers.removeIf(worker -> !worker.thread.isAlive());
      if (workers.isEmpty()) {
        return true;
      }
      workers.forEach(worker -> breaking.off(worker.reader));
      try {
        workers.getFirst().thread.join(CANCEL_MILLIS);
      } catch (InterruptedException e) {
        // closing goes on: nothing may outlive the run
      }
    }
    return false;
  }
}
