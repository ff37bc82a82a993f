package dev.penstock.bigquery;

import dev.penstock.data.DataType.Scalar;
import dev.penstock.data.Json;
import dev.penstock.data.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Rows as BigQuery sends them, which are lists of texts, turned into objects of JSON.
final class RowJson {
  private RowJson() {}

  /// @param fields of the schema
  /// @param row `{"f": [{"v": …}, …]}`
  static String object(List<JsonValue> fields, JsonValue row) {
    List<JsonValue> values = row.at("/f").orElseThrow().elements();
    Map<String, String> members = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      JsonValue field = fields.get(i);
      JsonValue value = values.get(i).at("/v").orElseThrow();
      String name = Objects.requireNonNull(field.text("/name"));
      members.put(
          name,
          "REPEATED".equals(field.text("/mode"))
              ? value.elements().stream()
                  .map(element -> value(field, element.at("/v").orElseThrow()))
                  .collect(Collectors.joining(",", "[", "]"))
              : value(field, value));
    }
    return Json.object(members);
  }

  private static String value(JsonValue field, JsonValue value) {
    if (value.isNull()) {
      return "null";
    }
    return switch (Objects.requireNonNull(field.text("/type"))) {
      case "RECORD", "STRUCT" -> object(field.at("/fields").orElseThrow().elements(), value);
      case "TIMESTAMP" ->
          quoted(Instant.EPOCH.plus(value.longInteger(""), ChronoUnit.MICROS).toString());
      case "INTEGER", "INT64", "BOOLEAN", "BOOL", "NUMERIC", "BIGNUMERIC" -> text(value);
      case "FLOAT", "FLOAT64" ->
          text(value).matches("-?[0-9].*") ? text(value) : quoted(text(value));
      default -> quoted(text(value));
    };
  }

  private static String text(JsonValue value) {
    return Objects.requireNonNull(value.text(""));
  }

  private static String quoted(String text) {
    return Json.write(text, Scalar.STRING);
  }
}
