package dev.penstock.flow;

import dev.penstock.data.SnakeCase;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// What is around a parameter.
///
/// @param records the records that it is part of, the outermost first
/// @param specs whether it is part of a file of specs, where names are written in snake case, and
///   secrets may be
record Nesting(SequencedSet<Class<?>> records, boolean specs) {
  /// Nothing is around a parameter.
  static final Nesting PARAMETERS = new Nesting(new LinkedHashSet<>(), false);

  /// Nothing is around a setting of [Specs].
  static final Nesting SPECS = new Nesting(new LinkedHashSet<>(), true);

  /// @throws IllegalArgumentException when the record is around itself
  Nesting within(Class<?> record) {
    SequencedSet<Class<?>> around = new LinkedHashSet<>(records);
    if (!around.add(record)) {
      throw new IllegalArgumentException("record " + record.getSimpleName() + " contains itself");
    }
    return new Nesting(around, specs);
  }

  /// What a component is called where it is given.
  String name(String component) {
    return specs ? SnakeCase.of(component) : component;
  }
}
