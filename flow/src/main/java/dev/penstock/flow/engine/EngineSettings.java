package dev.penstock.flow.engine;

import dev.penstock.pipeline.run.RunClock;
import java.time.Duration;

/// How a process runs flows.
///
/// @param owner the name under which it holds runs; no other process may have the same
/// @param lease how long a run stays its own without a sign of life
/// @param heartbeat how often it gives one
/// @param clock the time it lives in
/// @param patience how long work may go on that was interrupted when its time was over
/// @param console takes what runs log, besides the store
public record EngineSettings(
    String owner,
    Duration lease,
    Duration heartbeat,
    Duration patience,
    RunClock clock,
    LogSink console) {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  public EngineSettings {
    if (heartbeat.multipliedBy(2).compareTo(lease) > 0) {
      throw new IllegalArgumentException(
          "the heartbeat must be at most half of the lease, was " + heartbeat + " of " + lease);
    }
  }

  /// With the usual patience, which is longer than that of a pipeline for its steps: 15 s.
  public EngineSettings(
      String owner, Duration lease, Duration heartbeat, RunClock clock, LogSink console) {
    this(owner, lease, heartbeat, PATIENCE, clock, console);
  }

  /// A lease of 15 s, renewed every 3 s.
  public static EngineSettings of(String owner, LogSink console) {
    return new EngineSettings(
        owner, Duration.ofSeconds(15), Duration.ofSeconds(3), RunClock.SYSTEM, console);
  }

  /// Takes lines of logs.
  @FunctionalInterface
  public interface LogSink {
    void line(String line);
  }
}
