package dev.penstock.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A header of a record. Several of a record may have one name.
///
/// @param value null where there is a name alone
public record KafkaHeader(String name, byte @Nullable [] value) {

  /// A header whose value is a text.
  public static KafkaHeader of(String name, String text) {
    return new KafkaHeader(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /// The value read as UTF-8; empty where there is none.
  public String text() {
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof KafkaHeader(String otherName, byte @Nullable [] other)
        && name.equals(otherName)
        && Arrays.equals(value, other);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return name + "=" + text();
  }
}
