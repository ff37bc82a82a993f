package dev.penstock.flow;

import dev.penstock.flow.engine.FlowSettings;
import dev.penstock.pipeline.plan.Retry;
import java.lang.reflect.Member;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A flow of a class: a method with [Flow], or a field that is a [FlowDefinition].
///
/// @param name as people see it
/// @param description for people; empty for none
/// @param member its body, or the field that has it
/// @param parameters what it takes
/// @param settings how it is run
public record FlowMethod(
    String name, String description, Member member, ParameterSet parameters, Settings settings) {

  /// The names of parameters that are the [DataInterval] of a scheduled run: these need not be
  /// given for one.
  public List<String> intervals() {
    return parameters.of(DataInterval.class);
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

    FlowSettings forEngine() {
      Retry retry = retries == 0 ? null : Retry.times(retries).every(retryDelay);
      return new FlowSettings(retry, timeout.orElse(null), logPrints, List.of());
    }
  }
}
