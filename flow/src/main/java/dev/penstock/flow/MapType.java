package dev.penstock.flow;

import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values by key; its text is JSON.
record MapType(Type type, SingleType key, ParameterType value) implements ParameterType {
  @Override
  public @Nullable Object ofText(String text, Place at) {
    return JsonText.value(this, text, at);
  }

  @Override
  public @Nullable Object ofJson(Object json, Place at) {
    if (!(json instanceof Map<?, ?> object)) {
      at.problem(": no object is given (" + name() + ")");
      return null;
    }
    Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
    object.forEach((name, part) -> {
      Place place = at.value(String.valueOf(name));
      if (part == null) {
        place.problem(" is null");
      } else {
        values.put(key.ofText(String.valueOf(name), place), value.ofJson(part, place));
      }
    });
    return Collections.unmodifiableMap(values);
  }

  @Override
  public Object toJson(Object given) {
    Map<String, Object> json = new LinkedHashMap<>();
    ((Map<?, ?>) given)
        .forEach((name, part) -> json.put(key.toJson(name).toString(), value.toJson(part)));
    return json;
  }

  @Override
  public Map<String, Object> schema(SchemaDefinitions definitions) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("additionalProperties", value.schema(definitions));
    return schema;
  }
}
