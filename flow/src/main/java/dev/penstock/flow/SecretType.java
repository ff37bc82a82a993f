package dev.penstock.flow;

import dev.penstock.data.Secret;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A secret of [Specs]: it comes out of a variable of the environment, and is not recorded.
record SecretType() implements ParameterType {
  @Override
  public Type type() {
    return Secret.class;
  }

  @Override
  public @Nullable Object ofText(String text, Place at) {
    at.problem(": a secret is not written down; write ${VARIABLE}, and set that variable");
    return null;
  }

  @Override
  public @Nullable Object ofJson(Object json, Place at) {
    return json instanceof FromVariables(String text) ? Secret.of(text) : ofText("", at);
  }

  @Override
  public Object toJson(Object value) {
    throw new IllegalArgumentException("a secret must not be recorded");
  }

  @Override
  public Map<String, Object> schema(SchemaDefinitions definitions) {
    return Map.of("type", "string", "writeOnly", true);
  }
}
