package dev.penstock.flow;

import dev.penstock.data.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a parameter is made: a Java type, with its ways from texts and from JSON, back, and into a
/// schema. What is wrong goes to the [Place]; the value is null then.
sealed interface ParameterType
    permits SingleType, SecretType, OptionalType, ListType, MapType, NestedType {
  /// The type as it was declared.
  Type type();

  /// The value of a text, as a command line gives it.
  @Nullable Object ofText(String text, Place at);

  /// The value of JSON that is not null.
  @Nullable Object ofJson(Object json, Place at);

  /// The JSON of a value of this type.
  Object toJson(Object value);

  Map<String, Object> schema(SchemaDefinitions definitions);

  /// The value that stands for none at all; null when there is none.
  default @Nullable Object absent() {
    return null;
  }

  /// @param allowed which values
  /// @throws IllegalArgumentException when there is no way from texts to such a value
  static ParameterType of(Type type, Nesting within, Limits allowed) {
    return switch (type) {
      case ParameterizedType generic -> ofGeneric(generic, within, allowed);
      case WildcardType wildcard -> of(wildcard.getUpperBounds()[0], within, allowed);
      case Class<?> raw when raw == Secret.class && within.specs() -> new SecretType();
      case Class<?> raw when raw.isRecord() && !SingleType.isText(raw) ->
          new NestedType(raw, ParameterSet.ofRecord(raw, within));
      default -> new SingleType(type, allowed.checkedFor(type));
    };
  }

  private static ParameterType ofGeneric(
      ParameterizedType generic, Nesting within, Limits allowed) {
    Type[] arguments = generic.getActualTypeArguments();
    Type raw = generic.getRawType();
    if (raw == Optional.class) {
      return new OptionalType(generic, of(arguments[0], within, allowed));
    }
    if (raw == List.class || raw == Collection.class || raw == Set.class) {
      return new ListType(generic, of(arguments[0], within, allowed), raw == Set.class);
    }
    if (raw == Map.class) {
      return new MapType(
          generic, new SingleType(arguments[0], Limits.NONE), of(arguments[1], within, allowed));
    }
    return new SingleType(generic, allowed);
  }

  /// The type as the user wrote it, without packages: `List<LocalDate>`.
  default String name() {
    return type().getTypeName().replaceAll("[\\w.]*[.$](\\w+)", "$1");
  }
}
