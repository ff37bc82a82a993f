package dev.penstock.flow.remote;

import dev.penstock.flow.code.WireFormat;
import dev.penstock.flow.store.ToldFailure;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Calls that are sent together, and begun one after the other, so that they are committed in their
/// order. They may be sent again: each is done once.
///
/// @param sender a name that no other process has
/// @param first counts the calls of the sender, up to the first of these
record Together(String sender, long first, List<Call> calls) {
  /// Where they are sent.
  static final String WORD = "together";

  /// @param word which method
  /// @param arguments as JSON
  record Call(String word, String arguments) {}

  /// How they went, in their order.
  ///
  /// @param failures null for one that was done
  record Outcomes(List<@Nullable ToldFailure> failures) {
    String json() {
      return WireFormat.write(Outcomes.class, this);
    }

    static Outcomes read(String json) {
      return (Outcomes) Objects.requireNonNull(WireFormat.read(Outcomes.class, json));
    }
  }

  String json() {
    return WireFormat.write(Together.class, this);
  }

  /// @throws IllegalArgumentException when the JSON is something else
  static Together read(String json) {
    Object read = WireFormat.read(Together.class, json);
    Complete.check(read, Object.class, "calls");
    return (Together) Objects.requireNonNull(read);
  }
}
