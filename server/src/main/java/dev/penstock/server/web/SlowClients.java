package dev.penstock.server.web;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Hangs up on clients that take too long to send headers or a body, whose bytes may well come one
/// by one, or to take an answer. Ends when it is closed.
final class SlowClients implements Http1ConnectionListener, AutoCloseable {
  private final Map<Object, Reading> readings = new ConcurrentHashMap<>();
  private final Duration headers;
  private final Thread watch;

  /// A thread that reads or writes, and until when it may.
  private record Reading(Thread thread, long deadline) {}

  /// Reads from a client, or writes to it.
  @FunctionalInterface
  interface Transfer {
    void run() throws IOException;
  }

  SlowClients(Patience patience) {
    this.headers = patience.headers();
    Duration shortest =
        patience.body().compareTo(headers) < 0 ? patience.body() : patience.headers();
    this.watch =
        Thread.ofVirtual().name("penstock-slow-clients").start(() -> watch(shortest.dividedBy(4)));
  }

  private void watch(Duration pause) {
    try {
      while (true) {
        Thread.sleep(pause);
        long now = System.nanoTime();
        readings.forEach((key, reading) -> {
          // A socket that a virtual thread waits for is closed when that is interrupted.
          if (now - reading.deadline() > 0 && readings.remove(key, reading)) {
            reading.thread().interrupt();
          }
        });
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /// Reads or writes, and fails when that takes longer.
  void within(Duration longest, Transfer transfer) throws IOException {
    Object key = new Object();
    begin(key, longest);
    try {
      transfer.run();
    } finally {
      if (!end(key)) {
        Thread.interrupted(); // it was meant for this transfer alone
      }
    }
  }

  /// This thread begins to read.
  private void begin(Object key, Duration longest) {
    readings.put(key, new Reading(Thread.currentThread(), System.nanoTime() + longest.toNanos()));
  }

  /// @return whether it was in time
  private boolean end(Object key) {
    return readings.remove(key) != null;
  }

  @Override
  public void prologue(ConnectionContext connection, HttpPrologue prologue) {
    begin(connection, headers);
  }

  @Override
  public void headers(ConnectionContext connection, Headers read) {
    end(connection);
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
