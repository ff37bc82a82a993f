package dev.penstock.flow.store;

import java.time.Duration;

/// How long the runs of a store are kept: one for all processes that work with it.
public interface RetentionSetting {
  /// What was set, or [Retained#DEFAULT].
  @Again
  Retained get();

  /// Sets it. What is older goes soon after, in small steps.
  ///
  /// @param age for how long after their end
  /// @param perFlow how many of each flow, the newest; older ones go earlier
  /// @throws IllegalArgumentException when one of them would keep nothing
  @Again
  void set(Duration age, int perFlow);
}
