package dev.penstock.flow.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.sqlite.SQLiteConnection;

/// The tables of a store, in memory. They are emptied and used again, with the statements that were
/// prepared for them: most of the time of a simulation would go there. For one thread at a time.
final class SimulatedTables {
  private static final Queue<SimulatedTables> IDLE = new ConcurrentLinkedQueue<>();

  private final PlantedConnection connection;
  private final List<String> wipe = new ArrayList<>();
  private final Map<String, PreparedStatement> watching = new HashMap<>();
  private final ChangedRows changed = new ChangedRows();

  private SimulatedTables() throws SQLException {
    Connection tables = EmptyTables.copy();
    try (Statement statement = tables.createStatement();
        ResultSet table =
            statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
      while (table.next()) {
        wipe(table.getString(1));
      }
    }
    tables.unwrap(SQLiteConnection.class).addUpdateListener(changed);
    connection = new PlantedConnection(tables);
  }

  /// Every row but those that the migrations have made.
  private void wipe(String table) {
    switch (table) {
      case "penstock_schema_history", "evaluation" -> {}
      case "work_pool" -> wipe.add("DELETE FROM work_pool WHERE name <> 'default'");
      case "work_queue" -> wipe.add("DELETE FROM work_queue WHERE pool <> 'default'");
      default -> wipe.add("DELETE FROM " + table);
    }
  }

  /// Empty tables.
  ///
  /// @param statements what is made of each statement
  static SimulatedTables take(UnaryOperator<String> statements) {
    SimulatedTables idle = IDLE.poll();
    try {
      SimulatedTables tables = idle == null ? new SimulatedTables() : idle;
      tables.connection.plant(statements);
      tables.changed.clear();
      return tables;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  SqlConnection connection() {
    return connection;
  }

  PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement kept = watching.get(sql);
    if (kept == null) {
      kept = connection.connection().prepareStatement(sql);
      watching.put(sql, kept);
    }
    return kept;
  }

  ChangedRows changed() {
    return changed;
  }

  /// Empties them, for whoever takes them next.
  void giveBack() {
    try (Statement statement = connection.connection().createStatement()) {
      statement.execute("PRAGMA foreign_keys = OFF");
      statement.execute("BEGIN");
      for (String each : wipe) {
        statement.execute(each);
      }
      statement.execute("COMMIT");
      statement.execute("PRAGMA foreign_keys = ON");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    IDLE.add(this);
  }

  /// What a bug that is planted makes of each statement.
  private static final class PlantedConnection extends SqlConnection {
    private final Map<String, NamedSql> planted = new HashMap<>();
    private UnaryOperator<String> statements = UnaryOperator.identity();

    PlantedConnection(Connection connection) {
      super(connection, Dialect.SQLITE);
    }

    void plant(UnaryOperator<String> statements) {
      this.statements = statements;
      planted.clear();
    }

    @Override
    NamedSql parse(String sql) {
      return planted.computeIfAbsent(sql, text -> NamedSql.of(statements.apply(text)));
    }
  }
}
