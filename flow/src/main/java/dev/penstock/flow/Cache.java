package dev.penstock.flow;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// When a task need not be done, because an earlier result will do: when nothing has changed of
/// what the result depends on.
///
/// @param on what it depends on
/// @param key a key of the user's own, besides; null for none
/// @param expires how long a result is good; null for ever
/// @param anew whether to do the task all the same, and keep its result for next time
public record Cache(Set<Part> on, @Nullable String key, @Nullable Duration expires, boolean anew) {
  /// What a result may depend on.
  public enum Part {
    /// The inputs that the task is called with.
    INPUTS,
    /// The code of the task and of what it calls in the program: an edited comment does not count.
    CODE,
    /// The parameters of the flow run.
    FLOW_PARAMETERS
  }

  public Cache {
    on = Set.copyOf(on);
    if (on.isEmpty() && key == null) {
      throw new IllegalArgumentException(
          "a cache must depend on something; for none, leave it out");
    }
    if (expires != null && !expires.isPositive()) {
      throw new IllegalArgumentException("a cache must last for a positive time, was " + expires);
    }
  }

  /// By the inputs and the code of the task.
  public static Cache byInputs() {
    return new Cache(EnumSet.of(Part.INPUTS, Part.CODE), null, null, false);
  }

  /// By the parameters of the flow and the code of the task.
  public static Cache byFlowParameters() {
    return new Cache(EnumSet.of(Part.FLOW_PARAMETERS, Part.CODE), null, null, false);
  }

  /// By this key alone.
  public static Cache byKey(String key) {
    return new Cache(EnumSet.noneOf(Part.class), key, null, false);
  }

  /// The same for so long.
  public Cache expires(Duration after) {
    return new Cache(on, key, after, anew);
  }

  /// The same, with the result made anew this time.
  public Cache refresh() {
    return new Cache(on, key, expires, true);
  }
}
