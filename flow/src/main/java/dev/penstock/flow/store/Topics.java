package dev.penstock.flow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Word of what has happened in the store: on SQLite to this process, on PostgreSQL by NOTIFY to
/// all. It may be lost; whoever waits for it looks from time to time anyway. Safe for use by
/// several threads.
final class Topics implements AutoCloseable {
  static final String CHANNEL = "penstock";

  private static final int WAIT_MILLIS = 1000;
  private static final long RECONNECT_MILLIS = 1000;

  private final StoreUrl url;
  private final List<Database.TopicListener> listeners = new CopyOnWriteArrayList<>();
  private @Nullable Thread hearing;
  private volatile @Nullable Connection connection;
  private volatile boolean closed;

  Topics(StoreUrl url) {
    this.url = url;
  }

  /// This process has committed what wakes these.
  void committed(Collection<String> topics) {
    if (url.dialect() == Dialect.SQLITE) {
      topics.forEach(this::tell);
    }
  }

  private void tell(String topic) {
    for (Database.TopicListener listener : listeners) {
      try {
        listener.happened(topic);
      } catch (RuntimeException e) { // of one must not keep it from the others
        System.getLogger(Topics.class.getName())
            .log(System.Logger.Level.WARNING, "A listener to \"" + topic + "\" failed", e);
      }
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
      try (Connection open = url.connect()) {
        connection = open;
        try (var statement = open.createStatement()) {
          statement.execute("LISTEN " + CHANNEL);
        }
        hear(open.unwrap(PGConnection.class));
      } catch (SQLException e) {
        pause();
      }
    }
  }

  private void hear(PGConnection open) throws SQLException {
    while (!closed) {
      PGNotification[] heard = open.getNotifications(WAIT_MILLIS);
      if (heard != null) {
        for (PGNotification each : heard) {
          tell(each.getParameter());
        }
      }
    }
  }

  private void pause() {
    try {
      if (!closed) {
        Thread.sleep(RECONNECT_MILLIS);
      }
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
    if (listening == null) {
      return;
    }
    try {
      Connection open = connection;
      if (open != null) {
        open.abort(Runnable::run); // it waits for the server otherwise
      }
      listening.interrupt();
      listening.join();
    } catch (SQLException e) {
      // it ends by itself, when it has waited
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
