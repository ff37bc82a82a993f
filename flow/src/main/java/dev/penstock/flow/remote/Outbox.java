package dev.penstock.flow.remote;

import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.ToldFailure;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Calls that are to be done soon: sent by one thread in the order in which they came, many at once
/// where there are many. They are numbered, so that they may be sent again when a server went away
/// before it answered. Safe for use by several threads.
final class Outbox implements AutoCloseable {
  private static final int MOST_CALLS = 500;
  private static final int MOST_LENGTH = 1 << 20;

  private final ServerCalls server;
  private final String name = Ids.next(InstantSource.system());
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private long sent;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  Outbox(ServerCalls server) {
    this.server = server;
    this.thread = Thread.ofVirtual().name("penstock-outbox").start(this::work);
  }

  private record Waiting(Together.Call call, CompletableFuture<Void> done) {}

  /// Sends a call after those that came before.
  ///
  /// @return done when it is, or when it failed
  synchronized CompletableFuture<Void> put(Together.Call call) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    queue.add(new Waiting(call, done));
    last = done;
    return done;
  }

  /// Waits until all that came before was answered, well or not.
  void settle() {
    CompletableFuture<Void> awaited;
    synchronized (this) {
      awaited = last;
    }
    awaited.exceptionally(_ -> null).join();
  }

  private void work() {
    try {
      while (true) {
        send(next());
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private List<Waiting> next() throws InterruptedException {
    List<Waiting> next = new ArrayList<>();
    Waiting one = queue.take();
    int length = 0;
    do {
      next.add(one);
      length += one.call().arguments().length();
      one = next.size() < MOST_CALLS && length < MOST_LENGTH ? queue.poll() : null;
    } while (one != null);
    return next;
  }

  private void send(List<Waiting> waiting) {
    Together together = new Together(name, sent + 1, waiting.stream().map(Waiting::call).toList());
    sent += waiting.size();
    try {
      List<@Nullable ToldFailure> failures =
          Together.Outcomes.read(server.ask(Together.WORD, together.json(), true)).failures();
      for (int i = 0; i < waiting.size(); i++) {
        ToldFailure failure = failures.get(i);
        if (failure == null) {
          waiting.get(i).done().complete(null);
        } else {
          waiting.get(i).done().completeExceptionally(failure.made());
        }
      }
    } catch (RuntimeException e) {
      waiting.forEach(each -> each.done().completeExceptionally(e));
    }
  }

  /// Sends what is left, and ends.
  @Override
  public void close() {
    settle();
    thread.interrupt();
  }
}
