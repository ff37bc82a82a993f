package dev.penstock.flow.code;

import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/// Keeps values of one type as JSON, and makes them of it again. The same value is always the same
/// text: maps and sets are written in order.
///
/// | type | JSON |
/// |---|---|
/// | record | an object |
/// | sealed interface of records | the same, with the record's simple name as `@type` |
/// | enum, java.time, UUID, URI, `byte[]` | a string |
/// | List, Set, array | an array |
/// | Map with keys that are texts | an object |
/// | Optional | the value, or null |
/// | `Path` | what a [FileStore] calls the file |
/// | unknown, as that of a lambda | with the class of the value, see [ErasedCodec] |
///
/// Immutable; for any number of threads.
public sealed class ValueCodec permits ErasedCodec {
  private final JsonMapper mapper = ValueFormat.MAPPER;
  private final JavaType type;
  private final @Nullable FileStore files;
  private final boolean identity;

  ValueCodec(JavaType type, @Nullable FileStore files) {
    this.type = type;
    this.files = files;
    this.identity = !Storable.isErased(type) && check(type, files);
  }

  private static boolean check(JavaType type, @Nullable FileStore files) {
    return Storable.check(type, ValueFormat.MAPPER.getTypeFactory(), files != null);
  }

  /// For values of a type, which may be generic.
  ///
  /// @throws NotReplayable when such values cannot be kept; it names the part that stands in the
  ///   way
  public static ValueCodec of(Type type) {
    return make(type, null);
  }

  /// The same for values with files in them.
  public static ValueCodec of(Type type, FileStore files) {
    return make(type, files);
  }

  private static ValueCodec make(Type type, @Nullable FileStore files) {
    JavaType known = ValueFormat.MAPPER.constructType(type);
    return Storable.isErased(known) ? new ErasedCodec(known, files) : new ValueCodec(known, files);
  }

  /// The JSON of a value.
  ///
  /// @throws NotReplayable when it cannot be written
  public String write(@Nullable Object value) {
    try {
      return mapper.writerFor(type).withAttribute(FileStore.class, files).writeValueAsString(value);
    } catch (JacksonException e) {
      throw broken("cannot be written", e);
    }
  }

  /// The value of JSON.
  ///
  /// @throws NotReplayable when the JSON does not fit the type
  public @Nullable Object read(String json) {
    if (type.hasRawClass(void.class) || type.hasRawClass(Void.class)) {
      return null;
    }
    try {
      return mapper.readerFor(type).withAttribute(FileStore.class, files).readValue(json);
    } catch (JacksonException e) {
      throw broken("cannot be read", e);
    }
  }

  /// The value of JSON in which nothing may be missing or null.
  ///
  /// @throws NotReplayable when the JSON does not fit the type; it names the part
  public @Nullable Object readWhole(String json) {
    try {
      return mapper
          .readerFor(type)
          .with(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .withAttribute(FileStore.class, files)
          .readValue(json);
    } catch (JacksonException e) {
      throw broken("cannot be read", e);
    }
  }

  /// The JSON of a value, after it was made of it again and compared.
  ///
  /// @throws NotReplayable when another value came out
  public String writeChecked(@Nullable Object value) {
    String json = write(value);
    Object again = read(json);
    if (!Objects.equals(value, again) && !(comparedByJson(value) && json.equals(write(again)))) {
      throw new NotReplayable(
          "a value of type "
              + Storable.name(type)
              + " cannot be kept for a replay: written and read back it is another one; it was "
              + value
              + ", and became "
              + again
              + "; let its class have an equals, and hold nothing that its components do not say");
    }
    return json;
  }

  boolean comparedByJson(@Nullable Object value) {
    return identity;
  }

  private NotReplayable broken(String what, JacksonException e) {
    String path =
        e instanceof tools.jackson.databind.DatabindException databind
            ? databind.getPath().stream()
                .map(step ->
                    step.getPropertyName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getPropertyName())
                .reduce("", String::concat)
                .replaceFirst("^\\.", "")
            : "";
    return new NotReplayable(
        "a value of type "
            + Storable.name(type)
            + " "
            + what
            + (path.isEmpty() ? "" : " at \"" + path + "\"")
            + ": "
            + said(e),
        e);
  }

  /// The reason without the exception that a time within it was refused by, which means nothing to
  /// whoever wrote the value.
  private static String said(JacksonException e) {
    return String.valueOf(e.getOriginalMessage())
        .replaceFirst("(?s): Failed to deserialize `.*", "");
  }
}
