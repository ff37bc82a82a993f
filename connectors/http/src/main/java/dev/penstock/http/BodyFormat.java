package dev.penstock.http;

import dev.penstock.data.Json;
import dev.penstock.data.JsonCodec;
import dev.penstock.data.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How records are written into the body of a request.
enum BodyFormat {
  /// An object, or an array of objects.
  JSON("application/json"),
  /// An object on each line.
  LINES("application/x-ndjson"),
  /// The fields of one record, as a form in a browser sends them.
  FORM("application/x-www-form-urlencoded");

  final String contentType;

  BodyFormat(String contentType) {
    this.contentType = contentType;
  }

  /// What makes JSON of a record; for one thread.
  static <T> Function<T, byte[]> json(Class<T> type) {
    if (type == JsonValue.class) {
      return value -> value.toString().getBytes(StandardCharsets.UTF_8);
    }
    return JsonCodec.of(type)::write;
  }

  /// @param many whether an array is wanted, however many there are
  /// @param member the member of an object that the array is to be in; null for none
  byte[] body(List<byte[]> objects, boolean many, @Nullable String member) {
    return switch (this) {
      case JSON -> many ? array(objects, member) : objects.getFirst();
      case LINES -> joined(objects, "", "\n", "\n");
      case FORM -> form(new String(objects.getFirst(), StandardCharsets.UTF_8));
    };
  }

  private static byte[] array(List<byte[]> objects, @Nullable String member) {
    return member == null
        ? joined(objects, "[", ",", "]")
        : joined(objects, "{" + new JsonText(member) + ":[", ",", "]}");
  }

  private record JsonText(String text) {
    @Override
    public String toString() {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
  }

  private static byte[] joined(List<byte[]> objects, String start, String between, String end) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(start.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < objects.size(); i++) {
      body.writeBytes((i == 0 ? "" : between).getBytes(StandardCharsets.UTF_8));
      body.writeBytes(objects.get(i));
    }
    body.writeBytes(end.getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  /// Fields that are null are left out.
  private static byte[] form(String object) {
    StringBuilder form = new StringBuilder();
    Json.members(object)
        .forEach((name, json) -> {
          JsonValue value = JsonValue.parse(json);
          if (value.isObject() || value.isArray()) {
            throw new IllegalArgumentException(
                "field \"%s\": %s cannot be in a form; send JSON".formatted(name, value.kind()));
          }
          String text = value.text("");
          if (text != null) {
            form.append(form.isEmpty() ? "" : "&").append(Queries.encoded(name));
            form.append('=').append(Queries.encoded(text));
          }
        });
    return form.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
