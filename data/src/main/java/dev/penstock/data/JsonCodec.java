package dev.penstock.data;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/// Reads and writes records of one class, or [Row]s, as JSON objects in UTF-8. Fields are found by
/// the rules of [ColumnMatch]; unknown ones are skipped, missing ones are null, which a primitive
/// refuses. For one thread.
///
/// @param <T> a record class, or [Row]
public abstract sealed class JsonCodec<T> {
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /// Kept from record to record: to make one costs more than to write a record.
  private @Nullable JsonWriter writer;

  private JsonCodec() {}

  /// The codec of a record class, or of [Row].
  ///
  /// @throws UnsupportedType when it is neither, or has unsupported components
  @SuppressWarnings("unchecked") // T is Row in the first case
  public static <T> JsonCodec<T> of(Class<T> type) {
    return type == Row.class ? (JsonCodec<T>) new OfRows() : new OfRecords<>(RecordType.of(type));
  }

  /// The record in a part of an array.
  ///
  /// @throws BadJson when it is no JSON, or does not fit the record; the message says which field
  public T read(byte[] json, int offset, int length) {
    T plain = readPlain(json, offset, length);
    if (plain != null) {
      return plain;
    }
    try (JsonParser parser =
        Json.FACTORY.createParser(ObjectReadContext.empty(), json, offset, length)) {
      Json.start(parser);
      T record = read(parser);
      Json.end(parser);
      return record;
    } catch (JacksonException e) {
      throw Json.syntax(e);
    }
  }

  /// A record on one line, without a line end.
  public byte[] write(T record) {
    JsonWriter to = writer;
    if (to == null) {
      to = new JsonWriter(Json.FACTORY.createGenerator(ObjectWriteContext.empty(), line));
    }
    writer = null; // a record that fails leaves it within an object
    line.reset();
    write(record, to);
    to.flush();
    writer = to;
    return line.toByteArray();
  }

  /// The record if it needs no parser; null where that is not sure.
  @Nullable T readPlain(byte[] json, int offset, int length) {
    return null;
  }

  abstract T read(JsonParser parser);

  abstract void write(T record, JsonWriter writer);

  private static final class OfRecords<T> extends JsonCodec<T> {
    private final RecordType<T> type;
    private final JsonReader reader = new JsonReader();
    private final JsonFields fields;
    private final PlainJson plain;

    OfRecords(RecordType<T> type) {
      this.type = type;
      this.fields = reader.fields(type);
      this.plain = new PlainJson(type.schema(), fields);
    }

    @Override
    @Nullable T readPlain(byte[] json, int offset, int length) {
      return plain.read(json, offset, length) ? type.read(fields) : null;
    }

    @Override
    T read(JsonParser parser) {
      return reader.record(parser, type);
    }

    @Override
    void write(T record, JsonWriter writer) {
      writer.write(record, type);
    }
  }

  private static final class OfRows extends JsonCodec<Row> {
    private final JsonRows rows = new JsonRows();

    @Override
    Row read(JsonParser parser) {
      return rows.read(parser);
    }

    @Override
    void write(Row row, JsonWriter writer) {
      writer.write(row);
    }
  }
}
