package dev.penstock.flow;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One parameter that a job takes.
///
/// @param name as it is declared
/// @param type what it is made
/// @param description for people; empty for none
/// @param defaultText what stands for it when it is not given; null for none
/// @param optional whether it may be absent without a default: declared `Optional` or `@Nullable`
record ParameterSpec(
    String name,
    ParameterType type,
    String description,
    @Nullable String defaultText,
    boolean optional) {

  /// @throws IllegalArgumentException when its type or its default will not do
  static ParameterSpec of(
      String name, AnnotatedElement declared, AnnotatedType type, Nesting within) {
    Default given = declared.getAnnotation(Default.class);
    Description description = declared.getAnnotation(Description.class);
    ParameterType made = type(name, declared, type, within);
    ParameterSpec spec =
        new ParameterSpec(
            name,
            made,
            description == null ? "" : description.value(),
            given == null ? null : given.value(),
            type.isAnnotationPresent(Nullable.class) || made instanceof OptionalType);
    List<Place.Problem> problems = new ArrayList<>();
    spec.absent(new Place(name, problems));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          problems.stream()
              .map(Place.Problem::told)
              .collect(Collectors.joining("; ", "the default of ", "")));
    }
    return spec;
  }

  private static ParameterType type(
      String name, AnnotatedElement declared, AnnotatedType type, Nesting within) {
    try {
      return ParameterType.of(
          type.getType(), within, Limits.of(declared.getAnnotation(Allowed.class)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"" + name + "\": " + String.valueOf(e.getMessage()).replace("\n", "\n  "), e);
    }
  }

  /// Whether a parameter must be given.
  boolean required() {
    return defaultText == null && !optional;
  }

  /// The value when none is given.
  @Nullable Object absent(Place at) {
    return defaultText == null ? type.absent() : type.ofText(defaultText, at);
  }

  /// The value of what was given.
  ///
  /// @param given a text if `texts`, JSON otherwise; null for JSON's null
  @Nullable Object value(@Nullable Object given, boolean texts, Place at) {
    if (given == null) {
      if (!optional) {
        at.problem(" is null (" + type.name() + ")");
      }
      return type.absent();
    }
    return texts ? type.ofText((String) given, at) : type.ofJson(given, at);
  }

  @Nullable Object toJson(@Nullable Object value) {
    return value == null || value.equals(type.absent()) ? null : type.toJson(value);
  }

  Map<String, Object> schema(SchemaDefinitions definitions) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("title", title());
    if (!description.isEmpty()) {
      schema.put("description", description);
    }
    schema.putAll(type.schema(definitions));
    if (defaultText != null) {
      Object value = toJson(absent(new Place(name, new ArrayList<>())));
      if (value != null) {
        schema.put("default", value);
      }
    }
    return schema;
  }

  /// The name in words: `maxRows` is `Max rows`.
  private String title() {
    String words =
        name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").replace('_', ' ').toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /// What else there is to know before giving it.
  String note() {
    if (required()) {
      return "required";
    }
    if (defaultText == null) {
      return "optional";
    }
    return "default " + (defaultText.isEmpty() ? "\"\"" : defaultText);
  }
}
