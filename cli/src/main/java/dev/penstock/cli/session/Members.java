package dev.penstock.cli.session;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The members of a JSON object, shown in the order in which they are named: two runs of a command
/// differ in nothing but what they say.
public final class Members {
  private Members() {}

  public static SequencedMap<String, @Nullable Object> of(String name, @Nullable Object value) {
    SequencedMap<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put(name, value);
    return members;
  }

  public static SequencedMap<String, @Nullable Object> of(
      String first, @Nullable Object value, String second, @Nullable Object secondValue) {
    SequencedMap<String, @Nullable Object> members = of(first, value);
    members.put(second, secondValue);
    return members;
  }

  public static SequencedMap<String, @Nullable Object> of(
      String first,
      @Nullable Object value,
      String second,
      @Nullable Object secondValue,
      String third,
      @Nullable Object thirdValue) {
    SequencedMap<String, @Nullable Object> members = of(first, value, second, secondValue);
    members.put(third, thirdValue);
    return members;
  }
}
