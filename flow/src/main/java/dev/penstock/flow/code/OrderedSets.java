package dev.penstock.flow.code;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/// Writes a set without an order, whose elements come in another one in each process, in that of
/// their texts.
final class OrderedSets extends ValueSerializer<Object> {
  private final ValueSerializer<Object> inner;

  private OrderedSets(ValueSerializer<Object> inner) {
    this.inner = inner;
  }

  @SuppressWarnings("unchecked") // it is given what it is for
  static ValueSerializer<?> around(ValueSerializer<?> inner) {
    return new OrderedSets((ValueSerializer<Object>) inner);
  }

  @Override
  public void resolve(SerializationContext context) {
    inner.resolve(context);
  }

  @Override
  @SuppressWarnings("unchecked") // it stays a serializer of the same
  public ValueSerializer<?> createContextual(
      SerializationContext context, @Nullable BeanProperty property) {
    return new OrderedSets((ValueSerializer<Object>) inner.createContextual(context, property));
  }

  @Override
  public void serialize(Object value, JsonGenerator to, SerializationContext context) {
    boolean unordered = value instanceof Set<?> && !(value instanceof SequencedCollection<?>);
    inner.serialize(unordered ? ordered((Set<?>) value) : value, to, context);
  }

  private static Object ordered(Set<?> set) {
    return set.stream()
        .sorted(Comparator.comparing(ValueFormat.MAPPER::writeValueAsString))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
