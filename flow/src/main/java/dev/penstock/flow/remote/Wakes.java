package dev.penstock.flow.remote;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a server tells of what has happened, so that those who wait need not ask all the time. It
/// is listened to from the first listener on; where it cannot be, nobody is woken, and all look
/// from time to time anyway. Safe for use by several threads.
public final class Wakes implements AutoCloseable {
  /// Where they are told.
  public static final String WORD = "wakes/events";

  /// In front of the pool in which runs have come to wait.
  public static final String RUNS = "runs ";

  /// In front of the key of a limit of which a slot was given back.
  public static final String SLOTS = "slots ";

  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final ServerCalls server;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private @Nullable Thread thread;
  private volatile boolean closed;

  Wakes(ServerCalls server) {
    this.server = server;
  }

  private record Listener(String prefix, Consumer<String> told) {}

  AutoCloseable listen(String prefix, Consumer<String> told) {
    Listener listener = new Listener(prefix, told);
    listeners.add(listener);
    synchronized (this) {
      if (thread == null && !closed) {
        thread = Thread.ofVirtual().name("penstock-wakes").start(this::work);
      }
    }
    return () -> listeners.remove(listener);
  }

  private void work() {
    while (!closed) {
      try (Stream<String> lines = lines()) {
        lines.forEach(this::tell);
      } catch (CompletionException | java.io.UncheckedIOException e) {
        // it is away, or was: listened to again below
      }
      if (!closed) {
        Pause.of(PAUSE.toNanos());
      }
    }
  }

  private Stream<String> lines() {
    HttpResponse<Stream<String>> answer = server.listen(WORD).join();
    if (answer.statusCode() == 200) {
      return answer.body();
    }
    answer.body().close();
    return Stream.empty();
  }

  private void tell(String line) {
    for (Listener listener : listeners) {
      if (line.startsWith(listener.prefix())) {
        listener.told().accept(line.substring(listener.prefix().length()));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
