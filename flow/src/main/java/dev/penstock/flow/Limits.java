package dev.penstock.flow;

import dev.penstock.data.BadText;
import dev.penstock.data.DidYouMean;
import dev.penstock.data.ParameterParser;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which values a parameter may have, as its [Allowed] says.
///
/// @param min the least; null for any
/// @param max the greatest; null for any
/// @param pattern that the text must match; null for any text
/// @param oneOf the only ones; empty for any
/// @param notBlank whether a text must hold something but blanks
/// @param values what the texts among these mean
record Limits(
    @Nullable String min,
    @Nullable String max,
    @Nullable Pattern pattern,
    List<String> oneOf,
    boolean notBlank,
    Map<String, Object> values) {
  static final Limits NONE = new Limits(null, null, null, List.of(), false, Map.of());

  static Limits of(@Nullable Allowed allowed) {
    if (allowed == null) {
      return NONE;
    }
    return new Limits(
        text(allowed.min()),
        text(allowed.max()),
        allowed.pattern().isEmpty() ? null : Pattern.compile(allowed.pattern()),
        List.of(allowed.oneOf()),
        allowed.notBlank(),
        Map.of());
  }

  private static @Nullable String text(String text) {
    return text.isEmpty() ? null : text;
  }

  /// These for values of a type, their own texts read.
  ///
  /// @throws IllegalArgumentException when they make no sense for it
  Limits checkedFor(Type type) {
    Map<String, Object> read = new LinkedHashMap<>();
    for (String bound : Arrays.asList(min, max)) {
      if (bound != null) {
        Object value = limit(bound, type);
        if (!(value instanceof Comparable<?>)) {
          throw new IllegalArgumentException(
              "@Allowed: values of " + type.getTypeName() + " have no order for min and max");
        }
        read.put(bound, value);
      }
    }
    for (String only : oneOf) {
      read.put(only, limit(only, type));
    }
    Limits checked = new Limits(min, max, pattern, oneOf, notBlank, read);
    if (min != null && max != null && compare(checked.read(min), checked.read(max)) > 0) {
      throw new IllegalArgumentException("@Allowed: min " + min + " is more than max " + max);
    }
    return checked;
  }

  private static Object limit(String text, Type type) {
    try {
      return ParameterParser.parse(text, type);
    } catch (BadText e) {
      throw new IllegalArgumentException("@Allowed: " + e.getMessage(), e);
    }
  }

  /// Why a value is not allowed; empty when it is.
  Optional<String> refusal(Object value) {
    if (min != null && compare(value, read(min)) < 0) {
      return Optional.of("must be at least " + min + ", was " + value);
    }
    if (max != null && compare(value, read(max)) > 0) {
      return Optional.of("must be at most " + max + ", was " + value);
    }
    if (notBlank && value.toString().isBlank()) {
      return Optional.of("must not be blank");
    }
    if (pattern != null && !pattern.matcher(value.toString()).matches()) {
      return Optional.of(BadText.quoted(value.toString()) + " does not match " + pattern);
    }
    if (!oneOf.isEmpty() && oneOf.stream().noneMatch(only -> value.equals(read(only)))) {
      return Optional.of(
          BadText.quoted(value.toString())
              + " is not one of "
              + String.join(", ", oneOf)
              + DidYouMean.hint(value.toString(), oneOf));
    }
    return Optional.empty();
  }

  @SuppressWarnings("unchecked") // both were read as the same type
  private static int compare(Object value, Object bound) {
    return ((Comparable<Object>) value).compareTo(bound);
  }

  private Object read(String limit) {
    return Objects.requireNonNull(values.get(limit));
  }

  void into(Map<String, Object> schema, SingleType type) {
    boolean number = !"string".equals(schema.get("type"));
    if (min != null) {
      schema.put(number ? "minimum" : "formatMinimum", type.toJson(read(min)));
    }
    if (max != null) {
      schema.put(number ? "maximum" : "formatMaximum", type.toJson(read(max)));
    }
    if (pattern != null) {
      schema.put("pattern", "^(?:" + pattern + ")$");
    } else if (notBlank) {
      schema.put("pattern", "\\S");
    }
    if (!oneOf.isEmpty()) {
      schema.put("enum", oneOf.stream().map(only -> type.toJson(read(only))).toList());
    }
  }
}
