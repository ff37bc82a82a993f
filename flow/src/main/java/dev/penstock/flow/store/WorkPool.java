package dev.penstock.flow.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where flow runs wait for a worker.
///
/// @param limit how many of its runs may run at once, whatever the number of workers; null for any
/// @param paused whether no worker takes any of its runs
public record WorkPool(
    String name, Type type, @Nullable Integer limit, boolean paused, Instant created) {
  /// The pool of deployments that name none; it is always there.
  public static final String DEFAULT = "default";

  /// How its runs are run.
  public enum Type {
    /// Each in a JVM of its own.
    PROCESS,
    /// In the JVM of the worker.
    INLINE
  }
}
