package dev.penstock.jdbc;

import dev.penstock.data.ConnectionName;
import dev.penstock.testkit.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// A real, empty database of one kind, for one test class.
record TestDatabase(Kind kind, ConnectionName connection) {

  enum Kind {
    POSTGRESQL,
    DUCKDB,
    SQLITE
  }

  static TestDatabase of(Kind kind) {
    return new TestDatabase(
        kind,
        new ConnectionName(
            switch (kind) {
              case POSTGRESQL -> Postgres.newDatabase("jdbc");
              case DUCKDB -> "jdbc:duckdb:" + file("test.duckdb");
              case SQLITE -> "jdbc:sqlite:" + file("test.sqlite");
            }));
  }

  private static Path file(String name) {
    try {
      Path directory = Files.createTempDirectory("penstock-jdbc");
      directory.toFile().deleteOnExit();
      return directory.resolve(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void execute(String sql) throws SQLException {
    try (Session session = Session.open(connection)) {
      session.execute(sql);
    }
  }

  /// The rows as the driver shows them.
  List<List<String>> query(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Session session = Session.open(connection);
        Statement statement = session.connection().createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(row.getString(i));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  boolean exists(String table) throws SQLException {
    try (Session session = Session.open(connection)) {
      return session.dialect().describe(session.connection(), TableName.of(table)).isPresent();
    }
  }
}
