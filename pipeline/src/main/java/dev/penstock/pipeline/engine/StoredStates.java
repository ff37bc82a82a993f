package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The states of all steps at the end of the last unit. A mark brings those of the steps that it
/// passed; those of the other sources' steps are as they were. They are stored with every split and
/// numbered, since the entries of several splits may not be written all at once.
final class StoredStates {
  /// Under which the number is stored; no step has such a name.
  private static final String NUMBER = "#";

  private final Map<String, byte[]> states;

  private StoredStates(Map<String, byte[]> states) {
    this.states = states;
  }

  /// Those that were stored last.
  static StoredStates newest(Collection<Entry> entries) {
    Map<String, byte[]> newest = Map.of();
    for (Entry entry : entries) {
      Map<String, byte[]> stored = entry.states();
      if (!stored.isEmpty() && (newest.isEmpty() || number(stored) > number(newest))) {
        newest = stored;
      }
    }
    return new StoredStates(new HashMap<>(newest));
  }

  private static long number(Map<String, byte[]> states) {
    byte[] number = states.get(NUMBER);
    return number == null ? 0 : Long.parseLong(new String(number, StandardCharsets.US_ASCII));
  }

  /// The names of the steps whose states they are.
  Set<String> steps() {
    Set<String> names = new HashSet<>(states.keySet());
    names.remove(NUMBER);
    return names;
  }

  byte @Nullable [] of(String step) {
    return states.get(step);
  }

  /// Takes the states that came with a mark.
  ///
  /// @return all of them, to be stored; empty where no step has one
  Map<String, byte[]> with(Map<String, byte[]> passed) {
    states.putAll(passed);
    if (!states.isEmpty()) {
      String number = Long.toString(number(states) + 1);
      states.put(NUMBER, number.getBytes(StandardCharsets.US_ASCII));
    }
    return states;
  }
}
