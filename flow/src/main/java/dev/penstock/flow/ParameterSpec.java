package dev.penstock.flow;

import dev.penstock.data.ParameterParser;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One parameter that a job takes.
///
/// @param name as it is declared
/// @param type what its text is made
/// @param defaultText what stands for it when it is not given; null for none
/// @param optional whether it may be absent without a default: declared `Optional` or `@Nullable`
record ParameterSpec(String name, Type type, @Nullable String defaultText, boolean optional) {

  static ParameterSpec of(String name, AnnotatedElement declared, AnnotatedType type) {
    Default given = declared.getAnnotation(Default.class);
    boolean optional =
        type.isAnnotationPresent(Nullable.class) || isA(Optional.class, type.getType());
    return new ParameterSpec(name, type.getType(), given == null ? null : given.value(), optional);
  }

  /// Whether a parameter must be given.
  boolean required() {
    return defaultText == null && !optional;
  }

  boolean supported() {
    return ParameterParser.supports(bare(type));
  }

  /// The value when none is given.
  @Nullable Object absent() {
    if (defaultText != null) {
      return value(defaultText);
    }
    return isA(Optional.class, type) ? Optional.empty() : null;
  }

  /// The value of a text.
  ///
  /// @throws IllegalArgumentException when the text is something else; the message says what is
  ///   wanted
  Object value(String text) {
    return value(text, type);
  }

  private static Object value(String text, Type type) {
    if (isA(Optional.class, type)) {
      return Optional.of(value(text, argument(type)));
    }
    if (isA(List.class, type) && !text.stripLeading().startsWith("[")) {
      return text.isBlank()
          ? List.of()
          : Arrays.stream(text.split(",", -1))
              .map(part -> value(part.strip(), argument(type)))
              .toList();
    }
    return ParameterParser.parse(text, type);
  }

  /// The type of a single value.
  private static Type bare(Type type) {
    return isA(Optional.class, type) || isA(List.class, type) ? bare(argument(type)) : type;
  }

  private static boolean isA(Class<?> generic, Type type) {
    return type instanceof ParameterizedType parameterized && parameterized.getRawType() == generic;
  }

  private static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  /// The type as the user wrote it, without packages: `List<LocalDate>`.
  String typeName() {
    return type.getTypeName().replaceAll("[\\w.]*[.$](\\w+)", "$1");
  }

  /// What else there is to know before giving it.
  String note() {
    if (required()) {
      return "required";
    }
    return defaultText == null ? "optional" : "default " + defaultText;
  }
}
