package dev.penstock.flow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Word of what has happened in the store: to this process at once, to others by PostgreSQL's
/// NOTIFY. It may be lost; whoever waits for it looks from time to time anyway.
final class Topics implements AutoCloseable {
  private static final String CHANNEL = "penstock";
  private static final int WAIT_MILLIS = 1000;
  private static final long RECONNECT_MILLIS = 1000;

  private final StoreUrl url;
  private final List<Database.TopicListener> listeners = new CopyOnWriteArrayList<>();
  private @Nullable Thread hearing;
  private volatile boolean closed;

  private Topics(StoreUrl url) {
    this.url = url;
  }

  static Topics of(StoreUrl url) {
    return new Topics(url);
  }

  /// Tells of a topic when the transaction has committed.
  void notify(Tx tx, String topic) {
    switch (url.dialect()) {
      case POSTGRESQL ->
          tx.query("SELECT pg_notify('" + CHANNEL + "', :topic)")
              .bind("topic", topic)
              .mapToMap()
              .list();
      case SQLITE ->
          tx.handle().afterCommit(() -> listeners.forEach(listener -> listener.happened(topic)));
    }
  }

  AutoCloseable listen(Database.TopicListener listener) {
    listeners.add(listener);
    if (url.dialect() == Dialect.POSTGRESQL) {
      hear();
    }
    return () -> listeners.remove(listener);
  }

  private synchronized void hear() {
    if (hearing == null && !closed) {
      hearing = Thread.ofPlatform().daemon().name("penstock-store-topics").start(this::hearing);
    }
  }

  private void hearing() {
    while (!closed) {
      try (Connection connection = url.connect()) {
        try (var statement = connection.createStatement()) {
          statement.execute("LISTEN " + CHANNEL);
        }
        hear(connection.unwrap(PGConnection.class));
      } catch (SQLException e) {
        pause();
      }
    }
  }

  private void hear(PGConnection connection) throws SQLException {
    while (!closed) {
      PGNotification[] heard = connection.getNotifications(WAIT_MILLIS);
      if (heard != null) {
        for (PGNotification each : heard) {
          listeners.forEach(listener -> listener.happened(each.getParameter()));
        }
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(RECONNECT_MILLIS);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  @Override
  public void close() {
    Thread listening;
    synchronized (this) {
      closed = true;
      listening = hearing;
    }
    if (listening != null) {
      try {
        listening.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
