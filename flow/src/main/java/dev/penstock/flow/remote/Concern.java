package dev.penstock.flow.remote;

import dev.penstock.flow.store.AtDatabase;
import dev.penstock.flow.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// One part of a store that is asked through a server, such as its flow runs.
///
/// @param type its interface
/// @param of the method of the store that has it
record Concern(Class<?> type, Method of) {
  private static final List<Concern> ALL =
      Arrays.stream(Store.class.getMethods())
          .filter(method -> method.getParameterCount() == 0 && method.getReturnType().isInterface())
          .filter(method -> !method.isAnnotationPresent(AtDatabase.class))
          .sorted(Comparator.comparing(Method::getName))
          .map(method -> new Concern(method.getReturnType(), method))
          .toList();

  /// All there are, by name.
  static List<Concern> all() {
    return ALL;
  }

  /// What it is called in paths: `flow-runs`.
  String word() {
    return word(of.getName());
  }

  /// A name in Java as paths have it: `take-subflow`.
  static String word(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /// That part of a store.
  Object in(Store store) {
    try {
      return of.invoke(store);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e); // such methods make an object, and nothing else
    }
  }
}
