package dev.penstock.flow;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value that may be missing.
record OptionalType(Type type, ParameterType value) implements ParameterType {
  @Override
  public @Nullable Object ofText(String text, Place at) {
    return Optional.ofNullable(value.ofText(text, at));
  }

  @Override
  public @Nullable Object ofJson(Object json, Place at) {
    return Optional.ofNullable(value.ofJson(json, at));
  }

  @Override
  public Object toJson(Object given) {
    return value.toJson(((Optional<?>) given).orElseThrow());
  }

  @Override
  public Map<String, Object> schema(SchemaDefinitions definitions) {
    return value.schema(definitions);
  }

  @Override
  public Object absent() {
    return Optional.empty();
  }
}
