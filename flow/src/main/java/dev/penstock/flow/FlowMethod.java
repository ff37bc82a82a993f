package dev.penstock.flow;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A flow that is written as a method.
///
/// @param name as people see it
/// @param description for people; empty for none
/// @param method its body
/// @param parameters what it takes
/// @param settings how it is run
public record FlowMethod(
    String name, String description, Method method, ParameterSet parameters, Settings settings) {

  /// The names of parameters that are the [DataInterval] of a scheduled run: these need not be
  /// given for one.
  public List<String> intervals() {
    List<String> names = parameters.names();
    Class<?>[] types = method.getParameterTypes();
    return IntStream.range(0, types.length)
        .filter(i -> types[i] == DataInterval.class)
        .mapToObj(names::get)
        .toList();
  }

  /// What `@Flow` says of its runs.
  ///
  /// @param version of the code, if it is said
  /// @param retries tries after the first
  /// @param retryDelay before each of them
  /// @param timeout how long one try may take; empty for as long as it needs
  /// @param logPrints whether what it prints goes to its log
  public record Settings(
      Optional<String> version,
      int retries,
      Duration retryDelay,
      Optional<Duration> timeout,
      boolean logPrints) {
    public Settings {
      if (retries < 0) {
        throw new IllegalArgumentException("retries must be at least 0, was " + retries);
      }
      if (retryDelay.isNegative()) {
        throw new IllegalArgumentException("retryDelay must be at least 0s, was " + retryDelay);
      }
      if (timeout.isPresent() && !timeout.get().isPositive()) {
        throw new IllegalArgumentException("timeout must be positive, was " + timeout.get());
      }
    }
  }
}
