package dev.penstock.jdbc;

import dev.penstock.data.Column;
import dev.penstock.data.ColumnMatch;
import dev.penstock.data.DataType;
import dev.penstock.data.RecordType;
import dev.penstock.data.Row;
import dev.penstock.data.Schema;
import dev.penstock.data.TextParser;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Asks for rows as records: matches columns to components, writes the SQL and opens cursors.
///
/// @param order the column of the key that orders the rows; null if nothing does
record RowQuery<T>(JdbcSource.Rows rows, Class<T> record, @Nullable String order) {
  private static final int FETCH_ROWS = 5_000;

  /// The name that the key has in our query; chosen so that no column has it.
  private static final String KEY = "penstock_key";

  /// Opens a query over a piece of the rows.
  ///
  /// @param prepared is given the statement before it runs, so that another thread can cancel it
  Cursor<T> open(Session session, Piece piece, Consumer<Statement> prepared) throws SQLException {
    return order == null && piece.range() == null && rows.query()
        ? whole(session, piece, prepared)
        : part(session, piece, prepared);
  }

  /// The user's query, as it stands.
  private Cursor<T> whole(Session open, Piece piece, Consumer<Statement> prepared)
      throws SQLException {
    return run(
        open,
        rows.shown(),
        rows.arguments(),
        prepared,
        (statement, result) -> {
          Schema found = ResultTypes.schema(result.getMetaData());
          Schema wanted = wanted(found);
          int[] indexes = match(open, found, wanted);
          ResultFields fields = new ResultFields(result, wanted, indexes, texts(open));
          return new Cursor<>(piece, statement, result, fields, maker(wanted), null);
        });
  }

  /// A range of the keys, or what follows a key, or all of a table.
  private Cursor<T> part(Session open, Piece piece, Consumer<Statement> prepared)
      throws SQLException {
    Schema found = describe(open);
    Schema wanted = wanted(found);
    List<String> names = new ArrayList<>();
    for (int index : match(open, found, wanted)) {
      names.add(found.column(index).name());
    }
    List<Column> columns = new ArrayList<>(wanted.columns());
    List<Object> arguments = new ArrayList<>(rows.arguments());
    List<String> conditions = new ArrayList<>();
    if (piece.range() != null) {
      keyType(found, piece.range().column());
      conditions.add(piece.range().condition());
    }
    StringBuilder sql = new StringBuilder("SELECT ").append(Identifier.list(names));
    Cursor.Key key = null;
    if (order != null) {
      DataType type = keyType(found, order);
      key = new Cursor.Key(order, rows.shown(), columns.size(), type);
      columns.add(Column.of(KEY, type));
      sql.append(", ").append(Identifier.quote(order)).append(" AS ").append(KEY);
      if (piece.after() != null) {
        conditions.add(Identifier.quote(order) + " > ?");
        arguments.add(TextParser.parse(piece.after(), type));
      }
    }
    sql.append(" FROM ").append(rows.sql());
    if (!conditions.isEmpty()) {
      sql.append(" WHERE ").append(String.join(" AND ", conditions));
    }
    if (order != null) {
      sql.append(" ORDER BY ").append(Identifier.quote(order));
    }
    Cursor.@Nullable Key ordered = key;
    return run(
        open,
        sql.toString(),
        arguments,
        prepared,
        (statement, result) -> {
          int[] indexes = IntStream.range(0, columns.size()).toArray();
          ResultFields fields = new ResultFields(result, new Schema(columns), indexes, texts(open));
          return new Cursor<>(piece, statement, result, fields, maker(wanted), ordered);
        });
  }

  private DataType keyType(Schema found, String column) {
    int index = found.indexOf(column);
    if (index < 0) {
      throw new TableMismatch(
          rows.shown() + " cannot be read by column \"" + column + "\"",
          List.of("it has the columns " + String.join(", ", found.names())));
    }
    return found.column(index).type();
  }

  private interface Opening<T> {
    Cursor<T> of(Statement statement, ResultSet result) throws SQLException;
  }

  private static <T> Cursor<T> run(
      Session open,
      String sql,
      List<Object> arguments,
      Consumer<Statement> prepared,
      Opening<T> opening)
      throws SQLException {
    PreparedStatement statement = open.connection().prepareStatement(sql);
    boolean opened = false;
    try {
      open.dialect().stream(statement, FETCH_ROWS);
      bind(statement, arguments);
      prepared.accept(statement);
      Cursor<T> made = opening.of(statement, statement.executeQuery());
      opened = true;
      return made;
    } finally {
      if (!opened) {
        closeQuietly(statement);
      }
    }
  }

  private static void closeQuietly(Statement statement) {
    try {
      statement.close();
    } catch (SQLException e) {
      // There is a failure already, and the connection is closed next.
    }
  }

  private Schema wanted(Schema found) {
    return record == Row.class ? found : RecordType.of(record).schema();
  }

  private static boolean texts(Session session) {
    return session.dialect() instanceof OtherDatabase other && other.sqlite();
  }

  private Function<ResultFields, T> maker(Schema schema) {
    if (record == Row.class) {
      return fields -> {
        @Nullable Object[] values = new Object[schema.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = fields.value(i, schema.column(i).type());
        }
        return record.cast(Row.of(schema, values));
      };
    }
    return RecordType.of(record)::read;
  }

  private Schema describe(Session open) throws SQLException {
    String sql = "SELECT * FROM " + rows.sql() + " WHERE 1 = 0";
    try (PreparedStatement statement = open.connection().prepareStatement(sql)) {
      bind(statement, rows.arguments());
      try (ResultSet none = statement.executeQuery()) {
        return ResultTypes.schema(none.getMetaData());
      }
    }
  }

  private int[] match(Session open, Schema found, Schema wanted) {
    if (record == Row.class) {
      return IntStream.range(0, found.size()).toArray();
    }
    ColumnMatch match = ColumnMatch.of(wanted, found.names());
    List<String> problems = new ArrayList<>(match.problems());
    for (int i = 0; i < wanted.size(); i++) {
      if (match.index(i) >= 0 && !texts(open)) {
        Column column = found.column(match.index(i));
        DataType type = wanted.column(i).type();
        if (!ResultTypes.readable(column.type(), type)) {
          problems.add(
              "column \"%s\" is %s, the record has %s (component %s)"
                  .formatted(
                      column.name(),
                      column.type().describe(),
                      type.describe(),
                      wanted.column(i).component()));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new TableMismatch(
          rows.shown() + " and record " + record.getSimpleName() + " do not fit together",
          problems);
    }
    return match.indexes();
  }

  static void bind(PreparedStatement statement, List<Object> arguments) throws SQLException {
    for (int i = 0; i < arguments.size(); i++) {
      Object value = arguments.get(i);
      switch (value) {
        case Instant at -> statement.setObject(i + 1, at.atOffset(ZoneOffset.UTC));
        case Enum<?> constant -> statement.setString(i + 1, constant.name());
        default -> statement.setObject(i + 1, value);
      }
    }
  }
}
