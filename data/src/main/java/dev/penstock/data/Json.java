package dev.penstock.data;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/// Single values as JSON. For many records there is [JsonCodec].
///
/// | type | JSON |
/// |---|---|
/// | boolean | `true`, `false` |
/// | byte, short, int, long, float, double, decimal | a number; `"NaN"` and `"Infinity"` as strings |
/// | char, string, date, time, local date-time, instant, UUID, enum | a string, as [TextFormat] makes it |
/// | binary | a string, in Base64 |
/// | record, map | an object; the fields of a record are named like its columns |
/// | list | an array |
public final class Json {
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .rootValueSeparator("")
          .recyclerPool(JsonRecyclerPools.threadLocalPool())
          .build();

  private Json() {}

  /// The value that a JSON text means.
  ///
  /// @throws BadJson when it is no JSON, or something else
  public static Object parse(String text, DataType type) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      start(parser);
      Object value = new JsonReader().value(parser, type);
      end(parser);
      if (value == null) {
        throw new BadText(text, "a value of type " + type.describe());
      }
      return value;
    } catch (JacksonException e) {
      throw syntax(e);
    }
  }

  /// The JSON text of a value that has the Java type of `type`.
  public static String write(@Nullable Object value, DataType type) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      new JsonWriter(generator).value(value, type);
    }
    return text.toString();
  }

  /// The JSON text of maps, lists, strings, booleans, longs, decimals and nulls.
  static String write(@Nullable Object untyped) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(untyped, generator);
    }
    return text.toString();
  }

  private static void write(@Nullable Object untyped, JsonGenerator to) {
    switch (untyped) {
      case null -> to.writeNull();
      case Map<?, ?> members -> {
        to.writeStartObject();
        members.forEach((name, value) -> {
          to.writeName(String.valueOf(name));
          write(value, to);
        });
        to.writeEndObject();
      }
      case List<?> elements -> {
        to.writeStartArray();
        elements.forEach(element -> write(element, to));
        to.writeEndArray();
      }
      case Boolean bool -> to.writeBoolean(bool);
      case Long number -> to.writeNumber(number);
      case BigDecimal number -> to.writeNumber(number);
      default -> to.writeString(String.valueOf(untyped));
    }
  }

  /// The members of a JSON object in their order, each as the JSON text of its value.
  ///
  /// @throws BadJson when it is no JSON, no object, or has a member twice
  public static Map<String, String> members(String object) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), object)) {
      start(parser);
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new BadJson(BadText.quoted(object) + " is not a JSON object");
      }
      Map<String, String> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (members.put(name, copy(parser)) != null) {
          throw BadJson.within(name, new BadJson("it is there more than once"));
        }
      }
      end(parser);
      return members;
    } catch (JacksonException e) {
      throw syntax(e);
    }
  }

  /// The JSON object with these members, whose values are JSON texts.
  public static String object(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> write(member.getKey(), DataType.Scalar.STRING) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /// A JSON text of any kind, without its white space.
  ///
  /// @throws BadJson when it is no JSON
  public static String compact(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      start(parser);
      String copy = copy(parser);
      end(parser);
      return copy;
    } catch (JacksonException e) {
      throw syntax(e);
    }
  }

  /// The value at the parser's current token, as text.
  static String copy(JsonParser parser) {
    StringWriter text = new StringWriter();
    try (JsonGenerator copy = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      copy.copyCurrentStructureExact(parser);
    }
    return text.toString();
  }

  static void start(JsonParser parser) {
    if (parser.nextToken() == null) {
      throw new BadJson("the JSON text is empty");
    }
  }

  static void end(JsonParser parser) {
    JsonToken more = parser.nextToken();
    if (more != null) {
      throw new BadJson(
          "more text follows the JSON value at character "
              + parser.currentTokenLocation().getColumnNr());
    }
  }

  /// The parser's complaint on one line, without the end that says where in which object of its own
  /// it happened.
  static BadJson syntax(JacksonException e) {
    String firstLine = e.getOriginalMessage().lines().findFirst().orElse("").strip();
    String problem = firstLine.replaceFirst(" \\(start marker at .*", "");
    int character = e.getLocation() == null ? -1 : e.getLocation().getColumnNr();
    String where = character > 0 ? " at character " + character : "";
    return new BadJson("not JSON" + where + ": " + problem, e);
  }
}
