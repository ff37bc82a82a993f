package dev.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Cuts and entries made and read by hand.
final class Cuts {
  private Cuts() {}

  /// A cut of one split; `from` is null at its start.
  static Cut of(Split split, @Nullable String from, String to) {
    return new Cut(
        from == null ? Map.of() : Map.of(split, Position.of(from)),
        Map.of(split, Position.of(to)),
        Map.of(),
        false);
  }

  /// Asserts that nothing was committed for a split: it may be listed without a position.
  static void startsHere(Split split, Entry entry) {
    assertThat(entry.to()).as("position of %s", split).isEmpty();
  }

  /// The entry of a split that must have one.
  static Entry entry(Map<Split, Entry> last, Split split) {
    Entry entry = last.get(split);
    if (entry == null) {
      throw new AssertionError("no entry of " + split + " in " + last);
    }
    return entry;
  }

  static Optional<Position> to(Map<Split, Entry> last, Split split) {
    Entry entry = last.get(split);
    return entry == null ? Optional.empty() : entry.to();
  }

  /// A state, with whichever split it was stored.
  static byte @Nullable [] state(Map<Split, Entry> last, String name) {
    for (Entry entry : last.values()) {
      byte[] state = entry.states().get(name);
      if (state != null) {
        return state;
      }
    }
    return null;
  }
}
