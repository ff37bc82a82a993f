package dev.penstock.flow.code;

import dev.penstock.data.Secret;
import java.lang.reflect.Type;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// How values pass from process to process, whose versions may differ: as [ValueCodec] writes them,
/// but what the reader does not know is passed over, what it misses is null, and secrets are open,
/// since the connection is closed to others.
public final class WireFormat {
  private static final JsonMapper MAPPER =
      ValueFormat.MAPPER
          .rebuild()
          .addModule(secrets())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private WireFormat() {}

  /// A value and what it is called.
  public record Named(String name, Type type) {}

  public static String write(Type type, @Nullable Object value) {
    return MAPPER.writerFor(MAPPER.constructType(type)).writeValueAsString(value);
  }

  /// @throws IllegalArgumentException when the JSON is none of the type
  public static @Nullable Object read(Type type, String json) {
    try {
      return MAPPER.readerFor(MAPPER.constructType(type)).readValue(json);
    } catch (JacksonException e) {
      throw unreadable(e);
    }
  }

  /// Several values as an object.
  public static String writeAll(List<Named> named, @Nullable Object[] values) {
    StringJoiner members = new StringJoiner(",", "{", "}");
    for (int i = 0; i < values.length; i++) {
      members.add('"' + named.get(i).name() + "\":" + write(named.get(i).type(), values[i]));
    }
    return members.toString();
  }

  /// The values again, in the order of their names.
  ///
  /// @throws IllegalArgumentException when it is no such object
  public static @Nullable Object[] readAll(List<Named> named, String json) {
    try {
      JsonNode members = MAPPER.readTree(json);
      @Nullable Object[] values = new Object[named.size()];
      for (int i = 0; i < values.length; i++) {
        JsonNode member = members.get(named.get(i).name());
        values[i] =
            MAPPER
                .readerFor(MAPPER.constructType(named.get(i).type()))
                .readValue(member == null ? MAPPER.nullNode() : member);
      }
      return values;
    } catch (JacksonException e) {
      throw unreadable(e);
    }
  }

  /// What a constructor of ours refuses is told as it says it.
  private static IllegalArgumentException unreadable(JacksonException e) {
    return e.getCause() instanceof IllegalArgumentException refused
        ? refused
        : new IllegalArgumentException("the JSON does not fit: " + e.getOriginalMessage(), e);
  }

  private static SimpleModule secrets() {
    SimpleModule module = new SimpleModule("penstock-secrets");
    module.addSerializer(
        Secret.class,
        new ValueSerializer<>() {
          @Override
          public void serialize(Secret secret, JsonGenerator to, SerializationContext context) {
            to.writeString(secret.reveal());
          }
        });
    module.addDeserializer(
        Secret.class,
        new ValueDeserializer<>() {
          @Override
          public Secret deserialize(JsonParser from, DeserializationContext context) {
            return Secret.of(from.getString());
          }
        });
    return module;
  }
}
