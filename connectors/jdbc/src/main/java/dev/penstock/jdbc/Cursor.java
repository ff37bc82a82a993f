package dev.penstock.jdbc;

import dev.penstock.data.DataType;
import dev.penstock.data.TextFormat;
import dev.penstock.pipeline.connector.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An open query over a piece of the rows. Used by one thread.
final class Cursor<T> implements AutoCloseable {
  private static final int CHUNK_ROWS = 1_000;

  private final Piece piece;
  private final Statement statement;
  private final ResultSet result;
  private final ResultFields fields;
  private final Function<ResultFields, T> make;
  private final @Nullable Key key;
  private long row;
  private @Nullable String lastKey;

  /// The column that orders the rows, last in the result.
  ///
  /// @param where for messages: what it orders
  record Key(String column, String where, int index, DataType type) {}

  /// @param make makes the record of the current row
  /// @param key of an ordered read
  Cursor(
      Piece piece,
      Statement statement,
      ResultSet result,
      ResultFields fields,
      Function<ResultFields, T> make,
      @Nullable Key key) {
    this.piece = piece;
    this.statement = statement;
    this.result = result;
    this.fields = fields;
    this.make = make;
    this.key = key;
  }

  Piece piece() {
    return piece;
  }

  /// The next rows; the last chunk says that it is.
  RowChunk<T> next() throws SQLException {
    RowChunk<T> chunk = new RowChunk<>(piece.split(), CHUNK_ROWS);
    while (chunk.size() < CHUNK_ROWS) {
      if (!result.next()) {
        chunk.end();
        break;
      }
      Position after = position();
      try {
        chunk.add(make.apply(fields), null, after);
      } catch (RuntimeException e) {
        chunk.add(null, e, after);
      }
    }
    return chunk;
  }

  private Position position() {
    row++;
    if (key == null) {
      return Position.of(Long.toString(row));
    }
    Object value = fields.value(key.index(), key.type());
    if (value == null) {
      throw new DatabaseFailure(
          "column \"%s\" of %s orders the rows and must not be null"
              .formatted(key.column(), key.where()));
    }
    String text = TextFormat.format(value, key.type());
    if (text.equals(lastKey)) {
      throw new DatabaseFailure(
          "column \"%s\" of %s orders the rows and must be unique, %s is there twice"
              .formatted(key.column(), key.where(), text));
    }
    lastKey = text;
    return Position.of(text + piece.suffix());
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
