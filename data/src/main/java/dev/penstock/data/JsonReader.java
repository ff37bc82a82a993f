package dev.penstock.data;

import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Enumeration;
import dev.penstock.data.DataType.ListOf;
import dev.penstock.data.DataType.MapOf;
import dev.penstock.data.DataType.Nested;
import dev.penstock.data.DataType.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads values of the wanted types from a parser. For one thread.
///
/// Lenient where nothing is lost: a number may stand in quotes, and a string may be written as a
/// number.
final class JsonReader {
  private final Map<RecordType<?>, JsonFields> fieldsByRecord = new HashMap<>();

  /// The value at the parser's current token; afterwards the current token is the last one of the
  /// value.
  @Nullable Object value(JsonParser parser, DataType type) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (type) {
      case Scalar _, Decimal _, Enumeration _ -> scalar(parser, type);
      case Nested nested -> record(parser, nested.record());
      case ListOf list -> list(parser, list);
      case MapOf map -> map(parser, map);
    };
  }

  private static Object scalar(JsonParser parser, DataType type) {
    expectScalar(parser, type);
    JsonToken token = parser.currentToken();
    if (token.isNumeric() && type instanceof Decimal) {
      return decimal(parser);
    }
    if (token.isBoolean() && type == Scalar.BOOLEAN) {
      return parser.getBooleanValue();
    }
    return TextParser.parse(parser.getString(), type);
  }

  private static BigDecimal decimal(JsonParser parser) {
    try {
      return parser.getDecimalValue();
    } catch (NumberFormatException e) { // the exponent is out of all bounds
      throw new BadText(parser.getString(), "a decimal");
    }
  }

  /// Refuses an object or an array where a single value is wanted.
  static void expectScalar(JsonParser parser, DataType type) {
    if (parser.currentToken().isStructStart()) {
      throw unexpected(parser, type);
    }
  }

  private static BadJson unexpected(JsonParser parser, DataType type) {
    String found =
        switch (parser.currentToken()) {
          case START_OBJECT -> "an object";
          case START_ARRAY -> "an array";
          default -> BadText.quoted(parser.getString());
        };
    return new BadJson(found + " is not a value of type " + type.describe());
  }

  <T> T record(JsonParser parser, RecordType<T> type) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw unexpected(parser, new Nested(type));
    }
    JsonFields fields = fields(type);
    fields.read(parser);
    return type.read(fields);
  }

  /// Where the fields of records of this type are gathered.
  JsonFields fields(RecordType<?> type) {
    JsonFields fields = fieldsByRecord.get(type);
    if (fields == null) {
      fields = new JsonFields(type.schema(), this);
      fieldsByRecord.put(type, fields);
    }
    return fields;
  }

  private List<@Nullable Object> list(JsonParser parser, ListOf type) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw unexpected(parser, type);
    }
    List<@Nullable Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      try {
        list.add(value(parser, type.element()));
      } catch (BadText | BadJson e) {
        throw BadJson.within("[" + list.size() + "]", e);
      }
    }
    return Collections.unmodifiableList(list);
  }

  private Map<Object, @Nullable Object> map(JsonParser parser, MapOf type) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw unexpected(parser, type);
    }
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      try {
        map.put(TextParser.parse(name, type.key()), value(parser, type.value()));
      } catch (BadText | BadJson e) {
        throw BadJson.within(name, e);
      }
    }
    return Collections.unmodifiableMap(map);
  }
}
