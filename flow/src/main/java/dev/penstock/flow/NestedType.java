package dev.penstock.flow;

import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record among parameters; its text is JSON. Its components are parameters themselves, with
/// defaults and limits.
record NestedType(Class<?> record, ParameterSet parts) implements ParameterType {
  @Override
  public Type type() {
    return record;
  }

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
    int before = at.problems().size();
    @Nullable Object[] values = parts.values(object, at);
    return at.problems().size() > before ? null : make(values, at);
  }

  private @Nullable Object make(@Nullable Object[] values, Place at) {
    try {
      return RecordMaker.of(record).make(values);
    } catch (RuntimeException e) { // the record checks its components
      at.problem(": " + e.getMessage());
      return null;
    }
  }

  @Override
  public Object toJson(Object value) {
    return parts.toJson(RecordMaker.of(record).parts(value));
  }

  @Override
  public Map<String, Object> schema(SchemaDefinitions definitions) {
    return definitions.reference(record, () -> parts.objectSchema(definitions));
  }
}
