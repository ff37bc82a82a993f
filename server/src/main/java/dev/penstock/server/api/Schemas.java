package dev.penstock.server.api;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The schemas of what the API answers, from `schemas.txt`.
final class Schemas {
  private Schemas() {}

  /// All of them by name, as OpenAPI writes them.
  static Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    try (InputStream table = requireNonNull(Schemas.class.getResourceAsStream("schemas.txt"))) {
      new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" +"))
          .forEach(words -> all.put(words[0], schema(words)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static Map<String, Object> schema(String[] words) {
    if (words[1].equals("map")) {
      return Map.of("type", "object", "additionalProperties", Map.of("type", "integer"));
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String member : List.of(words).subList(1, words.length)) {
      int colon = member.indexOf(':');
      properties.put(member.substring(0, colon), type(member.substring(colon + 1)));
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!words[0].equals("Problem") && !words[0].equals("FieldError")) {
      schema.put("required", new ArrayList<>(properties.keySet()));
    }
    return schema;
  }

  private static Map<String, Object> type(String word) {
    if (word.endsWith("?")) {
      Map<String, Object> some = type(word.substring(0, word.length() - 1));
      return Map.of("anyOf", List.of(some, Map.of("type", "null")));
    }
    if (word.endsWith("[]")) {
      return Map.of("type", "array", "items", type(word.substring(0, word.length() - 2)));
    }
    return switch (word) {
      case "any" -> Map.of();
      case "time" -> Map.of("type", "string", "format", "date-time");
      case "string", "integer", "boolean", "object" -> Map.of("type", word);
      default -> Map.of("$ref", "#/components/schemas/" + word);
    };
  }
}
