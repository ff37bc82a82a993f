package dev.penstock.data.block;

import dev.penstock.data.DataType;
import dev.penstock.data.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One component of a block's record.
record Setting(RecordComponent component) {

  static List<Setting> of(Class<? extends Record> settings) {
    return Arrays.stream(settings.getRecordComponents()).map(Setting::new).toList();
  }

  String name() {
    return component.getName();
  }

  Type javaType() {
    return component.getGenericType();
  }

  /// For people: `List<String>`, without packages.
  String simpleType() {
    return javaType().getTypeName().replaceAll("[a-z0-9]+[.]|[A-Za-z]+[$]", "");
  }

  boolean isSecret() {
    return component.getType() == Secret.class;
  }

  /// The type of one that is not secret.
  DataType type() {
    return DataType.of(javaType());
  }

  boolean required() {
    return !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  @Nullable Object of(Record block) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(block);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("component \"" + name() + "\" cannot be read", e);
    } catch (InvocationTargetException e) {
      throw thrown(e);
    }
  }

  /// The record of these values, one for each component.
  static <R extends Record> R make(Class<R> settings, List<@Nullable Object> values) {
    Class<?>[] types =
        of(settings).stream().map(each -> each.component.getType()).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = settings.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      throw thrown(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(settings + " cannot be made", e);
    }
  }

  /// What the record itself has thrown, such as a refusal of a value.
  private static RuntimeException thrown(InvocationTargetException e) {
    return switch (e.getCause()) {
      case RuntimeException failure -> failure;
      case Error error -> throw error;
      case Throwable other -> new IllegalStateException(other);
      case null -> new IllegalStateException(e);
    };
  }
}
