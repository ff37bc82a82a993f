package dev.penstock.data;

import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads JSON objects as [Row]s: whole numbers as longs, others as decimals, nested objects and
/// arrays as their text. Objects of the same shape share a schema. For one thread.
final class JsonRows {
  /// No more shapes than this are remembered.
  private static final int SHAPES_KEPT = 100;

  private static final int DIGITS_IN_ANY_LONG = 18;

  private final Map<List<Column>, Schema> schemas = new LinkedHashMap<>();

  Row read(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new BadJson("an object was wanted");
    }
    List<Column> columns = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (name.isEmpty()) {
        throw new BadJson("a field has an empty name");
      }
      DataType type = type(parser, parser.nextToken());
      columns.add(Column.of(name, type));
      values.add(value(parser, type));
    }
    return Row.of(schema(columns), values.toArray());
  }

  private Schema schema(List<Column> columns) {
    Schema schema = schemas.get(columns);
    if (schema == null) {
      try {
        schema = new Schema(columns);
      } catch (IllegalArgumentException e) {
        throw new BadJson(String.valueOf(e.getMessage()), e);
      }
      if (schemas.size() < SHAPES_KEPT) {
        schemas.put(schema.columns(), schema);
      }
    }
    return schema;
  }

  private static DataType type(JsonParser parser, JsonToken token) {
    return switch (token) {
      case VALUE_TRUE, VALUE_FALSE -> Scalar.BOOLEAN;
      case VALUE_NUMBER_FLOAT -> Decimal.ANY;
      case VALUE_NUMBER_INT ->
          parser.getStringLength() <= DIGITS_IN_ANY_LONG ? Scalar.LONG : Decimal.ANY;
      default -> Scalar.STRING;
    };
  }

  private static @Nullable Object value(JsonParser parser, DataType type) {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case START_OBJECT, START_ARRAY -> Json.copy(parser);
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      default -> TextParser.parse(parser.getString(), type);
    };
  }
}
