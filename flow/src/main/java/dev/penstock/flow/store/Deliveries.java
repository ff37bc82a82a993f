package dev.penstock.flow.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What automations have to do and have done. An attempt belongs to one process for the time of a
/// lease; if that dies, another makes the next attempt.
public interface Deliveries {
  /// Begins an attempt at each of those whose time has come.
  ///
  /// @param lease after which another process may make the next attempt
  @AtDatabase
  List<Delivery> take(int atMost, Duration lease);

  /// How an attempt has ended.
  ///
  /// @param again after how long the next attempt is due; null for none
  record Outcome(
      Delivery.Progress progress,
      @Nullable Integer responseCode,
      @Nullable String error,
      @Nullable Duration again) {}

  /// Records how an attempt has ended, unless another has been begun since.
  @AtDatabase
  void record(Delivery attempt, Outcome outcome);

  /// Keeps how a message went that was sent to try an automation out; nothing is sent for it again.
  ///
  /// @param automation its name; of one that is gone nothing is kept
  /// @param action what was done, as JSON
  /// @param facts what its templates were filled with
  void recordTest(String automation, String action, Map<String, String> facts, Outcome outcome);

  /// The deliveries of an automation, the newest first.
  @Again
  List<Delivery> of(String automation, int atMost);
}
