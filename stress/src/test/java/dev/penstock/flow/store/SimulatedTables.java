package dev.penstock.flow.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.sqlite.SQLiteConnection;

/// The tables of a store, in memory. They are emptied and used again, with the statements that were
/// prepared for them: most of the time of a simulation would go there. For one thread at a time.
final class SimulatedTables {
  private static final Queue<SimulatedTables> IDLE = new ConcurrentLinkedQueue<>();

  private final Connection connection;
  private final Handle handle;
  private final List<String> wipe = new ArrayList<>();
  private final ChangedRows changed = new ChangedRows();
  private UnaryOperator<String> statements = UnaryOperator.identity();

  private SimulatedTables() throws SQLException {
    connection = EmptyTables.copy();
    try (Statement statement = connection.createStatement();
        ResultSet table =
            statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
      while (table.next()) {
        wipe(table.getString(1));
      }
    }
    connection.unwrap(SQLiteConnection.class).addUpdateListener(changed);
    Jdbi jdbi = Sql.over(connection);
    jdbi.getConfig(SqlStatements.class).setTemplateEngine((sql, _) -> statements.apply(sql));
    handle = jdbi.open();
    handle.setStatementBuilder(new KeptStatements());
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
      tables.statements = statements;
      tables.changed.clear();
      return tables;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Handle handle() {
    return handle;
  }

  Connection connection() {
    return connection;
  }

  ChangedRows changed() {
    return changed;
  }

  /// Empties them, for whoever takes them next.
  void giveBack() {
    try (Statement statement = connection.createStatement()) {
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

  private static final class KeptStatements extends DefaultStatementBuilder {
    private final Map<String, PreparedStatement> idle = new HashMap<>();
    private final Map<Statement, String> texts = new IdentityHashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context)
        throws SQLException {
      PreparedStatement kept = idle.remove(sql);
      PreparedStatement statement = kept == null ? super.create(connection, sql, context) : kept;
      texts.put(statement, sql);
      return statement;
    }

    /// @param unparsed with named parameters
    @Override
    public void close(Connection connection, String unparsed, Statement statement)
        throws SQLException {
      String sql = texts.remove(statement);
      if (sql == null || idle.putIfAbsent(sql, (PreparedStatement) statement) != null) {
        super.close(connection, unparsed, statement);
      }
    }
  }
}
