package dev.penstock.flow.remote;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Whether what was sent has all that it must have: JSON may leave out anything.
final class Complete {
  private Complete() {}

  /// @param declared what says whether it may be null
  /// @param path what to call it
  /// @throws IllegalArgumentException when something is missing
  static void check(@Nullable Object value, AnnotatedElement declared, String path) {
    if (value == null) {
      if (!declared.isAnnotationPresent(Nullable.class)) {
        throw new IllegalArgumentException("\"" + path + "\" is missing");
      }
    } else if (value instanceof Record parts) {
      for (RecordComponent component : parts.getClass().getRecordComponents()) {
        if (!component.getType().isPrimitive()) {
          String name = path + "." + component.getName();
          check(part(parts, component), component.getAnnotatedType(), name);
        }
      }
    } else if (value instanceof Collection<?> all) {
      for (Object each : all) {
        check(each, Object.class, path + "[]");
      }
    }
  }

  private static @Nullable Object part(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e); // records of ours are public, and their accessors too
    }
  }
}
