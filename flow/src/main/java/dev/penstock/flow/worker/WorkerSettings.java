package dev.penstock.flow.worker;

import java.time.Duration;
import java.util.List;

/// How a worker works.
///
/// @param name under which it is known; no other living process may have it
/// @param instance a name that no other process has
/// @param version of Penstock
/// @param pool whose runs it takes
/// @param queues of that pool; empty for all
/// @param limit how many runs at once
/// @param times how often it does what
public record WorkerSettings(
    String name,
    String instance,
    String version,
    String pool,
    List<String> queues,
    int limit,
    Times times) {
  public WorkerSettings {
    queues = List.copyOf(queues);
    if (limit < 1) {
      throw new IllegalArgumentException("the limit of a worker must be at least 1, was " + limit);
    }
  }

  /// @param lease how long the worker and its runs stay its own without a sign of life
  /// @param heartbeat how often it gives one, and looks for runs whose process is gone
  /// @param look how often it looks for runs, should nobody tell it of them
  /// @param drain how long runs may go on when it is to end
  /// @param cancel how long a run may take to be cancelled before its process is ended
  public record Times(
      Duration lease, Duration heartbeat, Duration look, Duration drain, Duration cancel) {
    public static final Times DEFAULT =
        new Times(
            Duration.ofSeconds(15),
            Duration.ofSeconds(3),
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));

    public Times drain(Duration drain) {
      return new Times(lease, heartbeat, look, drain, cancel);
    }
  }
}
