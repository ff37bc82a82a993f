package dev.penstock.flow.state;

import java.time.Instant;

/// Where a run is, since when, and why.
///
/// @param at when it came there, by the clock of the store
/// @param message why, for people; empty where the name says it all
public record State(StateName name, Instant at, String message) {
  public StateType type() {
    return name.type();
  }

  /// As logs show it: `Completed()`, `Failed("no such file")`.
  @Override
  public String toString() {
    return name.title() + (message.isEmpty() ? "()" : "(\"" + message + "\")");
  }
}
