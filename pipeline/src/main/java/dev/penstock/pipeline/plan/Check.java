package dev.penstock.pipeline.plan;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A condition on one value that may throw anything.
@FunctionalInterface
public interface Check<T extends @Nullable Object> extends Serializable {
  boolean holds(T input) throws Exception;

  /// The opposite condition.
  static <T extends @Nullable Object> Check<T> not(Check<T> check) {
    return input -> !check.holds(input);
  }
}
