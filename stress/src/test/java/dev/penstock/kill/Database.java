package dev.penstock.kill;

import dev.penstock.testkit.Postgres;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A new database for one load.
record Database(Kind kind, String url) {
  private static final AtomicInteger FILES = new AtomicInteger();

  enum Kind {
    DUCKDB,
    POSTGRESQL
  }

  static Database make(Kind kind, Path directory) {
    return new Database(
        kind,
        switch (kind) {
          case DUCKDB ->
              "jdbc:duckdb:" + directory.resolve("rides" + FILES.incrementAndGet() + ".duckdb");
          case POSTGRESQL -> Postgres.newDatabase("rides");
        });
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The first row, which is of numbers.
  List<BigDecimal> numbers(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      List<BigDecimal> columns = new ArrayList<>();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        columns.add(normal(new BigDecimal(row.getString(i))));
      }
      return columns;
    }
  }

  boolean has(String table) throws SQLException {
    String sql = "SELECT count(*) FROM information_schema.tables WHERE table_name = '%s'";
    return numbers(sql.formatted(table)).getFirst().signum() > 0;
  }

  /// A number that equals others of its value.
  static BigDecimal normal(BigDecimal number) {
    return new BigDecimal(number.stripTrailingZeros().toPlainString());
  }
}
