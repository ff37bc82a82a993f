package dev.penstock.flow.store;

import java.time.Instant;
import java.util.List;

/// A worker as the store knows it.
///
/// @param instance which process has the name
/// @param version of Penstock
/// @param limit how many runs it runs at once
/// @param lacks versions of code that it could not get: runs begun with them are left to others
/// @param heartbeat when it last gave a sign of life
public record WorkerEntry(
    String name,
    String instance,
    String pool,
    String version,
    int limit,
    State state,
    List<String> lacks,
    Instant started,
    Instant heartbeat) {
  public WorkerEntry {
    lacks = List.copyOf(lacks);
  }

  /// What a worker is up to.
  public enum State {
    ONLINE,
    /// It takes nothing new.
    DRAINING,
    /// It gives no sign of life.
    OFFLINE
  }
}
