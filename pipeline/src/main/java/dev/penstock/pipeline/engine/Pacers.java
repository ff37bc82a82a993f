package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Limiter;
import dev.penstock.pipeline.run.RunClock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The pacers of limiters that have a name, shared by all runs of this process under one clock.
final class Pacers {
  private static final Map<Shared, Pacer> SHARED = new ConcurrentHashMap<>();

  private record Shared(String name, RunClock clock) {}

  private Pacers() {}

  static Pacer of(Limiter limiter, RunClock clock) {
    if (limiter.name().isEmpty()) {
      return new Pacer(limiter.rate(), clock);
    }
    Pacer pacer =
        SHARED.computeIfAbsent(
            new Shared(limiter.name(), clock), _ -> new Pacer(limiter.rate(), clock));
    if (!pacer.rate.equals(limiter.rate())) {
      throw new IllegalArgumentException(
          "the limiter \""
              + limiter.name()
              + "\" is in use with the rate "
              + pacer.rate
              + ", and cannot have the rate "
              + limiter.rate()
              + " as well");
    }
    return pacer;
  }
}
