package dev.penstock.flow.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When the result of an earlier run of a task will do.
///
/// @param expires how long a result is good; null for ever
/// @param refresh whether to do the task all the same, and keep its result
public record CachePolicy(@Nullable Duration expires, boolean refresh) {
  public CachePolicy {
    if (expires != null && !expires.isPositive()) {
      throw new IllegalArgumentException("a cache must last for a positive time, was " + expires);
    }
  }
}
