package dev.penstock.flow.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// A file with the tables of a store and nothing in them, made once in a process: a store in memory
/// begins as a copy of it, which takes a millisecond where the migrations take half a second.
final class EmptyTables {
  private static final Path FILE = make();

  private EmptyTables() {}

  /// A connection to a database in memory that has the tables.
  static Connection copy() throws SQLException {
    Connection connection = new StoreUrl("jdbc:sqlite::memory:").connect();
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("restore from " + FILE);
      connection.setAutoCommit(false); // or the driver looks after each statement for a transaction
      statement.executeUpdate("COMMIT"); // of the driver: those of a store are its own
    }
    return connection;
  }

  private static Path make() {
    try {
      Path directory = Files.createTempDirectory("penstock-tables");
      Path file = directory.resolve("empty.db");
      Store.open(StoreUrl.file(file)).close();
      directory.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
