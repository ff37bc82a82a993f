package dev.penstock.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL server for tests: one for the JVM, on a free port of the loopback interface,
/// started when first asked for and stopped with the JVM. It syncs every commit to disk, as a
/// server in production does. Safe for use by several threads.
public final class Postgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private Postgres() {}

  /// Holds the server, so that the JVM starts it once, and only for tests that need it.
  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      return start(EmbeddedPostgres.builder());
    }

    static EmbeddedPostgres start(EmbeddedPostgres.Builder builder) {
      try {
        builder
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_wal_size", "2GB");
        if (System.getProperty("os.name").equals("Linux")) {
          // After a crash: else it opens and syncs each file of each database, for minutes.
          builder.setServerConfig("recovery_init_sync_method", "syncfs");
        }
        EmbeddedPostgres server = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop-postgres"));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException("the PostgreSQL server for tests did not start", e);
      }
    }

    private static void stop(EmbeddedPostgres server) {
      try {
        server.close();
      } catch (IOException e) {
        System.err.println("the PostgreSQL server for tests did not stop: " + e);
      }
    }
  }

  /// The URL of a new, empty database, with user and password in it.
  ///
  /// @param name begins the database's name: lower-case letters, digits and underscores
  public static String newDatabase(String name) {
    return create(name, "");
  }

  /// The URL of a new database with all that is in another: a fraction of the time of making it
  /// again.
  ///
  /// @param like the URL of the other, to which nobody may be connected
  public static String newDatabase(String name, String like) {
    return create(
        name, " TEMPLATE \"" + URI.create(like.substring(5)).getPath().substring(1) + "\"");
  }

  private static String create(String name, String how) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "the name of a database for tests must match [a-z][a-z0-9_]*, was " + name);
    }
    String database = name + "_" + DATABASES.incrementAndGet();
    try (Connection admin = DriverManager.getConnection(url(port(), "postgres"));
        Statement statement = admin.createStatement()) {
      statement.execute("CREATE DATABASE \"" + database + "\"" + how);
    } catch (SQLException e) {
      throw new IllegalStateException("no database for the test could be made", e);
    }
    return url(port(), database);
  }

  /// Starts one of its own until the JVM ends, with its data in a directory that stays.
  ///
  /// @param port 0 for a free one
  /// @return the URL of its only database
  static String start(Path directory, int port) {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            .setPort(port);
    return url(Server.start(builder).getPort(), "postgres");
  }

  /// The port that the server listens on, at 127.0.0.1.
  public static int port() {
    return Server.RUNNING.getPort();
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres&password=postgres"
        .formatted(port, database);
  }
}
