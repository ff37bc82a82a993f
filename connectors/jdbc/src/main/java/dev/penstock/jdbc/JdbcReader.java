package dev.penstock.jdbc;

import dev.penstock.data.Column;
import dev.penstock.data.ColumnMatch;
import dev.penstock.data.ConnectionName;
import dev.penstock.data.DataType;
import dev.penstock.data.RecordType;
import dev.penstock.data.Row;
import dev.penstock.data.Schema;
import dev.penstock.data.TextFormat;
import dev.penstock.data.TextParser;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Split;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads one split after another by a cursor of its own.
final class JdbcReader<T> implements Reader<T> {
  private static final int CHUNK_ROWS = 1_000;
  private static final int FETCH_ROWS = 5_000;

  /// The name that the key has in our query; chosen so that no column has it.
  private static final String KEY = "penstock_key";

  private final ConnectionName name;
  private final JdbcSource.Rows rows;
  private final Class<T> record;
  private final @Nullable String key;
  private final boolean ranges;
  private final Map<Split, Optional<Position>> waiting = new LinkedHashMap<>();
  private @Nullable Session session;
  private @Nullable Cursor<T> cursor;

  JdbcReader(
      ConnectionName name,
      JdbcSource.Rows rows,
      Class<T> record,
      @Nullable String key,
      boolean ranges) {
    this.name = name;
    this.rows = rows;
    this.record = record;
    this.key = key;
    this.ranges = ranges;
  }

  /// An open query over a split.
  ///
  /// @param make makes the record of the current row
  /// @param keyType of an ordered read, in its last column
  private record Cursor<T>(
      Split split,
      ResultSet result,
      ResultFields fields,
      Function<ResultFields, T> make,
      int keyColumn,
      @Nullable DataType keyType) {}

  @Override
  public void assign(Map<Split, Optional<Position>> from) {
    if (ranges || key == null) {
      from.forEach((split, position) -> {
        if (position.isPresent()) {
          throw new IllegalArgumentException(
              "%s cannot be read from a position, only from its start: say orderedBy(column)"
                  .formatted(rows.shown()));
        }
      });
    }
    waiting.putAll(from);
  }

  @Override
  public void release(Set<Split> splits) throws SQLException {
    waiting.keySet().removeAll(splits);
    Cursor<T> open = cursor;
    if (open != null && splits.contains(open.split())) {
      close(open);
    }
  }

  @Override
  public @Nullable Chunk<T> poll(Duration upTo) {
    try {
      Cursor<T> open = cursor;
      if (open == null) {
        if (waiting.isEmpty()) {
          return null;
        }
        Map.Entry<Split, Optional<Position>> next = waiting.entrySet().iterator().next();
        open = query(next.getKey(), next.getValue());
        waiting.remove(next.getKey());
        cursor = open;
      }
      return chunk(open);
    } catch (SQLException e) {
      throw new DatabaseFailure("reading " + rows.shown() + " failed: " + PostgreSql.message(e), e);
    }
  }

  private Chunk<T> chunk(Cursor<T> open) throws SQLException {
    RowChunk<T> chunk = new RowChunk<>(open.split(), CHUNK_ROWS);
    while (chunk.size() < CHUNK_ROWS) {
      if (!open.result().next()) {
        chunk.end();
        close(open);
        break;
      }
      Position after = position(open);
      try {
        chunk.add(open.make().apply(open.fields()), null, after);
      } catch (RuntimeException e) {
        chunk.add(null, e, after);
      }
    }
    return chunk;
  }

  private long row;
  private @Nullable String lastKey;

  private Position position(Cursor<T> open) {
    row++;
    DataType type = open.keyType();
    if (type == null) {
      return Position.of(Long.toString(row));
    }
    Object value = open.fields().value(open.keyColumn(), type);
    if (value == null) {
      throw new DatabaseFailure(
          "column \"%s\" of %s orders the rows and must not be null".formatted(key, rows.shown()));
    }
    String text = TextFormat.format(value, type);
    if (text.equals(lastKey)) {
      throw new DatabaseFailure(
          "column \"%s\" of %s orders the rows and must be unique, %s is there twice"
              .formatted(key, rows.shown(), text));
    }
    lastKey = text;
    return Position.of(text);
  }

  private Cursor<T> query(Split split, Optional<Position> from) throws SQLException {
    row = 0;
    lastKey = null;
    Session open = session();
    return key == null && rows.query() ? whole(open, split) : part(open, split, from);
  }

  /// The user's query, as it stands.
  private Cursor<T> whole(Session open, Split split) throws SQLException {
    return run(
        open,
        rows.shown(),
        rows.arguments(),
        result -> {
          Schema found = ResultTypes.schema(result.getMetaData());
          Schema wanted = wanted(found);
          int[] indexes = match(open, found, wanted);
          ResultFields fields = new ResultFields(result, wanted, indexes, texts(open));
          return new Cursor<>(split, result, fields, maker(wanted), -1, null);
        });
  }

  /// A range of the keys, or what follows a key.
  private Cursor<T> part(Session open, Split split, Optional<Position> from) throws SQLException {
    Schema found = describe(open);
    Schema wanted = wanted(found);
    List<String> names = new ArrayList<>();
    for (int index : match(open, found, wanted)) {
      names.add(found.column(index).name());
    }
    List<Column> columns = new ArrayList<>(wanted.columns());
    List<Object> arguments = new ArrayList<>(rows.arguments());
    StringBuilder sql = new StringBuilder("SELECT ").append(Identifier.list(names));
    String where = "";
    @Nullable DataType keyType = null;
    if (key != null) {
      keyType = keyType(found, key);
      String column = Identifier.quote(key);
      if (ranges) {
        where = " WHERE " + KeyRange.of(split).condition();
        keyType = null;
      } else {
        columns.add(Column.of(KEY, keyType));
        sql.append(", ").append(column).append(" AS ").append(KEY);
        where = (from.isPresent() ? " WHERE " + column + " > ?" : "") + " ORDER BY " + column;
        if (from.isPresent()) {
          arguments.add(TextParser.parse(from.get().text(), keyType));
        }
      }
    }
    sql.append(" FROM ").append(rows.sql()).append(where);
    @Nullable DataType ordered = keyType;
    return run(
        open,
        sql.toString(),
        arguments,
        result -> {
          int[] indexes = IntStream.range(0, columns.size()).toArray();
          ResultFields fields = new ResultFields(result, new Schema(columns), indexes, texts(open));
          return new Cursor<>(split, result, fields, maker(wanted), columns.size() - 1, ordered);
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
    Cursor<T> of(ResultSet result) throws SQLException;
  }

  private Cursor<T> run(Session open, String sql, List<Object> arguments, Opening<T> opening)
      throws SQLException {
    PreparedStatement statement = open.connection().prepareStatement(sql);
    boolean opened = false;
    try {
      open.dialect().stream(statement, FETCH_ROWS);
      bind(statement, arguments);
      Cursor<T> made = opening.of(statement.executeQuery());
      opened = true;
      return made;
    } finally {
      if (!opened) {
        JdbcSource.close(statement);
      }
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

  private Session session() throws SQLException {
    Session open = session;
    if (open == null) {
      open = Session.open(name).begin();
      session = open;
    }
    return open;
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

  private void close(Cursor<T> open) throws SQLException {
    cursor = null;
    open.result().getStatement().close();
    session().connection().commit();
  }

  @Override
  public void close() {
    Cursor<T> open = cursor;
    cursor = null;
    if (open != null) {
      try {
        open.result().getStatement().close();
      } catch (SQLException e) {
        // The connection is closed next.
      }
    }
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
