package dev.penstock.flow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON as plain Java: `Map`, `List`, `String`, `Boolean`, numbers and null. Numbers with a point
/// are `BigDecimal`, so that nothing is lost.
public final class JsonTree {
  /// What is read may be nested 500 deep. It is written within something else, such as a page of a
  /// list: so that whatever could be read can also be shown, more is allowed there.
  private static final int DEEPEST_WRITTEN = 600;

  /// What the parser says to its programmers: the names of its switches, and that it shows no
  /// source.
  private static final String FOR_PROGRAMMERS =
      ", from `[^`]*`|: enable `[^`]*` to allow|: not allowed as per `[^`]*`| \\(`[^`]*`\\)"
          + "| \\(bound as `[^`]*`\\)|Source: REDACTED \\(`[^`]*` disabled\\); ";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamWriteConstraints(
                      StreamWriteConstraints.builder().maxNestingDepth(DEEPEST_WRITTEN).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private JsonTree() {}

  /// What a JSON text means.
  ///
  /// @throws IllegalArgumentException when it is no JSON
  public static @Nullable Object read(String json) {
    try {
      return MAPPER.readValue(json, Object.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("no JSON: " + said(e), e);
    }
  }

  private static String said(JacksonException e) {
    return String.valueOf(e.getOriginalMessage()).replaceAll(FOR_PROGRAMMERS, "");
  }

  /// The object that a JSON text means.
  ///
  /// @throws IllegalArgumentException when it is no JSON, or no object
  public static Map<String, @Nullable Object> readObject(String json) {
    if (!(read(json) instanceof Map<?, ?> object)) {
      throw new IllegalArgumentException("no JSON object, which looks like {\"name\": \"value\"}");
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    object.forEach((name, value) -> named.put(String.valueOf(name), value));
    return named;
  }

  /// The text on one line.
  public static String write(@Nullable Object tree) {
    return MAPPER.writeValueAsString(tree);
  }
}
