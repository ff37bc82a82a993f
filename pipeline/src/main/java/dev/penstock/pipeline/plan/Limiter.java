package dev.penstock.pipeline.plan;

import java.io.Serializable;

/// A rate limit, either of one step or shared by all that use its name in this process. A value:
/// the pacing itself is kept by the engine.
///
/// @param name empty for a limit of one step alone
/// @param rate the limit
public record Limiter(String name, Rate rate) implements Serializable {

  /// A limit of one step alone.
  public static Limiter of(Rate rate) {
    return new Limiter("", rate);
  }

  /// The limit of this name, shared by all pipelines of this process; they must agree on its rate.
  public static Limiter named(String name, Rate rate) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a shared limiter needs a name");
    }
    return new Limiter(name, rate);
  }

  @Override
  public String toString() {
    return name.isEmpty() ? rate.toString() : name + " " + rate;
  }
}
