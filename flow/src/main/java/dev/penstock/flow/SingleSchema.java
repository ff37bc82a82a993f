package dev.penstock.flow;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// JSON Schemas of single values.
final class SingleSchema {
  private SingleSchema() {}

  static Map<String, Object> of(Class<?> type) {
    Map<String, Object> schema = new LinkedHashMap<>();
    switch (type.getName()) {
      case "boolean", "java.lang.Boolean" -> schema.put("type", "boolean");
      case "byte", "java.lang.Byte" -> whole(schema, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case "short", "java.lang.Short" -> whole(schema, Short.MIN_VALUE, Short.MAX_VALUE);
      case "int", "java.lang.Integer" -> whole(schema, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "long", "java.lang.Long" -> schema.put("type", "integer");
      case "java.time.Year" -> schema.put("type", "integer");
      case "float", "double", "java.lang.Float", "java.lang.Double", "java.math.BigDecimal" ->
          schema.put("type", "number");
      case "char", "java.lang.Character" -> {
        schema.put("type", "string");
        schema.put("minLength", 1);
        schema.put("maxLength", 1);
      }
      case "[B" -> {
        schema.put("type", "string");
        schema.put("contentEncoding", "base64");
      }
      default -> text(schema, type);
    }
    return schema;
  }

  private static void whole(Map<String, Object> schema, int min, int max) {
    schema.put("type", "integer");
    schema.put("minimum", min);
    schema.put("maximum", max);
  }

  private static void text(Map<String, Object> schema, Class<?> type) {
    schema.put("type", "string");
    if (type.isEnum()) {
      schema.put(
          "enum", Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>) c).name()).toList());
    } else if (type != String.class) {
      schema.put("format", format(type));
    }
  }

  /// Those of JSON Schema where it has one, and words of ours, which other readers leave aside.
  private static String format(Type type) {
    return switch (type.getTypeName()) {
      case "java.time.LocalDate" -> "date";
      case "java.time.LocalTime" -> "local-time";
      case "java.time.LocalDateTime" -> "local-date-time";
      case "java.time.Instant", "java.time.OffsetDateTime" -> "date-time";
      case "java.time.ZonedDateTime" -> "zoned-date-time";
      case "java.time.Duration" -> "duration";
      case "java.time.Period" -> "period";
      case "java.time.YearMonth" -> "year-month";
      case "java.time.ZoneId" -> "time-zone";
      case "java.util.UUID" -> "uuid";
      case "java.net.URI" -> "uri";
      case "java.nio.file.Path" -> "path";
      case "dev.penstock.data.DataSize" -> "data-size";
      case "dev.penstock.data.ConnectionName" -> "connection";
      default -> throw new IllegalStateException("no format is known of " + type);
    };
  }
}
