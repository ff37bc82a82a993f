package dev.penstock.jdbc;

import dev.penstock.data.DataType;
import dev.penstock.data.FieldSink;
import dev.penstock.data.Json;
import dev.penstock.data.TextFormat;
import dev.penstock.pipeline.connector.RejectedRecord;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/// Loads a table by INSERT statements of many rows each, on the calling thread.
final class InsertLoader<T> implements RowLoader<T>, FieldSink {
  /// Fewer than any database's limit of parameters in a statement.
  private static final int PARAMETERS = 900;

  private final Connection connection;
  private final LoadTarget<T> target;
  private final LoadSettings settings;
  private final boolean sqlite;
  private final int rowsPerStatement;
  private final @Nullable Object[] values;
  private final PreparedStatement many;
  private int rows;
  private int width;
  private long bytes;
  private long count;

  InsertLoader(Connection connection, LoadTarget<T> target, LoadSettings settings, boolean sqlite)
      throws SQLException {
    this.connection = connection;
    this.target = target;
    this.settings = settings;
    this.sqlite = sqlite;
    this.width = target.size();
    this.rowsPerStatement = Math.clamp(PARAMETERS / width, 1, 100);
    this.values = new Object[rowsPerStatement * width];
    this.many = prepare(rowsPerStatement);
  }

  private PreparedStatement prepare(int rowCount) throws SQLException {
    String row = "(" + String.join(", ", Collections.nCopies(width, "?")) + ")";
    String sql =
        "INSERT INTO %s (%s) VALUES %s"
            .formatted(
                target.table().quoted(),
                Identifier.list(target.names()),
                String.join(", ", Collections.nCopies(rowCount, row)));
    String end =
        settings.keys().isEmpty()
            ? ""
            : " " + Upsert.onConflict(target.names(), settings, target.table().name());
    return connection.prepareStatement(sql + end);
  }

  @Override
  public void write(T record) throws SQLException {
    target.type().write(record, this);
    rows++;
    count++;
    if (rows == rowsPerStatement) {
      send(many, rows);
    }
  }

  private void send(PreparedStatement statement, int rowCount) throws SQLException {
    try {
      for (int i = 0; i < rowCount * width; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
      rows = 0;
    } catch (SQLException e) {
      throw explain(e, rowCount);
    }
  }

  private RuntimeException explain(SQLException e, int rowCount) {
    String message = String.valueOf(e.getMessage());
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (message.contains("SQLITE_CONSTRAINT") || state.startsWith("22") || state.startsWith("23")) {
      return new RejectedRecord(
          "table %s refused one of records %d to %d since the last commit: %s"
              .formatted(target.table(), count - rowCount + 1, count, message),
          rowCount == 1 ? count - 1 : -1,
          e);
    }
    return new DatabaseFailure("loading table " + target.table() + " failed: " + message, e);
  }

  @Override
  public void flush() throws SQLException {
    if (rows > 0) {
      try (PreparedStatement few = prepare(rows)) {
        send(few, rows);
      }
    }
    count = 0;
  }

  @Override
  public void cancel() {
    rows = 0;
    count = 0;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    try {
      many.close();
    } catch (SQLException e) {
      // The connection is closed next.
    }
  }

  private void put(int column, Object value, int size) {
    values[rows * width + column] = value;
    bytes += size;
  }

  @Override
  public void putNull(int column) {
    if (!target.column(column).nullable()) {
      throw new BadValue(
          target.column(column).name(), "is NOT NULL in the table, the record has null");
    }
    values[rows * width + column] = null;
  }

  @Override
  public void putBoolean(int column, boolean value) {
    put(column, value, 1);
  }

  @Override
  public void putByte(int column, byte value) {
    put(column, (int) value, Byte.BYTES);
  }

  @Override
  public void putShort(int column, short value) {
    put(column, (int) value, Short.BYTES);
  }

  @Override
  public void putInt(int column, int value) {
    put(column, value, Integer.BYTES);
  }

  @Override
  public void putLong(int column, long value) {
    put(column, value, Long.BYTES);
  }

  @Override
  public void putFloat(int column, float value) {
    put(column, value, Float.BYTES);
  }

  @Override
  public void putDouble(int column, double value) {
    put(column, value, Double.BYTES);
  }

  @Override
  public void putObject(int column, Object value) {
    DataType type = target.dataType(column);
    switch (value) {
      case String text -> put(column, text, text.length());
      case byte[] binary -> put(column, binary, binary.length);
      case BigDecimal decimal -> put(column, sqlite ? decimal.toPlainString() : decimal, 16);
      case LocalDate date -> put(column, sqlite ? date.toString() : date, Integer.BYTES);
      case LocalTime time -> put(column, sqlite ? time.toString() : time, Long.BYTES);
      case LocalDateTime time ->
          put(column, sqlite ? TextFormat.format(time, type) : time, Long.BYTES);
      case Instant time ->
          put(
              column,
              sqlite ? TextFormat.format(time, type) : time.atOffset(ZoneOffset.UTC),
              Long.BYTES);
      case Enum<?> constant -> put(column, constant.name(), constant.name().length());
      case java.util.UUID id -> put(column, id.toString(), 16);
      case Character c -> put(column, c.toString(), 1);
      default -> {
        String json = Json.write(value, type);
        put(column, json, json.length());
      }
    }
  }
}
