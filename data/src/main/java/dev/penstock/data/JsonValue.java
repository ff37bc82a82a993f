package dev.penstock.data;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// A JSON value of any shape, such as what an API answers. Immutable.
///
/// Values in it are named by JSON pointers (RFC 6901): `/set/id` is the member `id` of the member
/// `set`, `/0` the first element of an array, and the empty pointer the value itself. A getter
/// gives null for what is not there, and converts as [Row] does; those of primitives fail instead.
public final class JsonValue {
  private static final int DIGITS_IN_ANY_LONG = 18;

  /// A map, a list, a string, a boolean, a long, a decimal, or null.
  private final @Nullable Object value;

  private JsonValue(@Nullable Object value) {
    this.value = value;
  }

  /// @throws BadJson when it is no JSON
  public static JsonValue parse(String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    return parse(utf8, 0, utf8.length);
  }

  /// Reads a part of an array in UTF-8.
  ///
  /// @throws BadJson when it is no JSON
  public static JsonValue parse(byte[] json, int offset, int length) {
    try (JsonParser parser =
        Json.FACTORY.createParser(ObjectReadContext.empty(), json, offset, length)) {
      Json.start(parser);
      Object value = read(parser);
      Json.end(parser);
      return new JsonValue(value);
    } catch (JacksonException e) {
      throw Json.syntax(e);
    }
  }

  private static @Nullable Object read(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, read(parser));
        }
        yield Collections.unmodifiableMap(members);
      }
      case START_ARRAY -> {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(read(parser));
        }
        yield Collections.unmodifiableList(elements);
      }
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT ->
          parser.getStringLength() <= DIGITS_IN_ANY_LONG
              ? (Object) parser.getLongValue()
              : parser.getDecimalValue();
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      default -> parser.getString();
    };
  }

  /// The value at a pointer; empty when it is not there. What is there and null is a value that is
  /// null.
  public Optional<JsonValue> at(String pointer) {
    JsonValue at = this;
    for (String name : names(pointer)) {
      Optional<JsonValue> next = at.member(name);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get();
    }
    return Optional.of(at);
  }

  private static String[] names(String pointer) {
    if (pointer.isEmpty()) {
      return new String[0];
    }
    if (pointer.charAt(0) != '/') {
      throw new IllegalArgumentException(
          "a JSON pointer begins with \"/\", such as \"/data/0/id\", was "
              + BadText.quoted(pointer));
    }
    return pointer.substring(1).split("/", -1);
  }

  private Optional<JsonValue> member(String escaped) {
    String name = escaped.replace("~1", "/").replace("~0", "~");
    return switch (value) {
      case Map<?, ?> members when members.containsKey(name) ->
          Optional.of(new JsonValue(members.get(name)));
      case List<?> elements when name.matches("0|[1-9]\\d{0,8}") -> {
        int index = Integer.parseInt(name);
        yield index < elements.size()
            ? Optional.of(new JsonValue(elements.get(index)))
            : Optional.empty();
      }
      case null, default -> Optional.empty();
    };
  }

  public boolean isNull() {
    return value == null;
  }

  public boolean isObject() {
    return value instanceof Map;
  }

  public boolean isArray() {
    return value instanceof List;
  }

  /// The elements of an array.
  ///
  /// @throws BadJson when it is none
  public List<JsonValue> elements() {
    if (!(value instanceof List<?> elements)) {
      throw new BadJson(kind() + " is not an array");
    }
    List<JsonValue> values = new ArrayList<>(elements.size());
    for (Object element : elements) {
      values.add(new JsonValue(element));
    }
    return values;
  }

  /// What kind of value it is, for messages: `an object`, `"abc"`.
  public String kind() {
    return switch (value) {
      case Map<?, ?> _ -> "an object";
      case List<?> _ -> "an array";
      case null -> "null";
      case String text -> BadText.quoted(text);
      default -> String.valueOf(value);
    };
  }

  /// The value at a pointer as `wanted`, or null when it is null or not there; a text is parsed.
  ///
  /// @throws BadJson when it is something else
  public <V> @Nullable V get(String pointer, Class<V> wanted) {
    Object found = at(pointer).map(at -> at.value).orElse(null);
    if (found == null || wanted.isInstance(found)) {
      return wanted.cast(found);
    }
    String path = pointer.replaceFirst("^/", "").replace('/', '.');
    if (found instanceof Map || found instanceof List) {
      String kind = found instanceof Map ? "an object" : "an array";
      throw BadJson.within(
          path, new BadJson(kind + " is not a value of type " + DataType.of(wanted).describe()));
    }
    try {
      return wanted.cast(TextParser.parse(String.valueOf(found), DataType.of(wanted)));
    } catch (BadText e) {
      throw BadJson.within(path, e);
    }
  }

  private <V> V present(String pointer, Class<V> wanted) {
    V found = get(pointer, wanted);
    if (found == null) {
      throw new BadJson("there is nothing at \"" + pointer + "\" in " + BadText.quoted(toString()));
    }
    return found;
  }

  public @Nullable String text(String pointer) {
    return get(pointer, String.class);
  }

  public boolean bool(String pointer) {
    return present(pointer, Boolean.class);
  }

  public int integer(String pointer) {
    return present(pointer, Integer.class);
  }

  public long longInteger(String pointer) {
    return present(pointer, Long.class);
  }

  public double number(String pointer) {
    return present(pointer, Double.class);
  }

  public @Nullable BigDecimal decimal(String pointer) {
    return get(pointer, BigDecimal.class);
  }

  public @Nullable LocalDate date(String pointer) {
    return get(pointer, LocalDate.class);
  }

  public @Nullable Instant instant(String pointer) {
    return get(pointer, Instant.class);
  }

  /// This object as a record, or as a [Row]. For many of one class, [JsonCodec] is quicker.
  ///
  /// @throws BadJson when it does not fit; the message says which field
  public <T> T as(Class<T> type) {
    byte[] json = toString().getBytes(StandardCharsets.UTF_8);
    return JsonCodec.of(type).read(json, 0, json.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonValue json && Objects.equals(value, json.value);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(value);
  }

  /// The JSON text, without white space.
  @Override
  public String toString() {
    return Json.write(value);
  }
}
