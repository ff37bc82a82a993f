package dev.penstock.flow.store;

import java.time.Duration;
import java.util.List;

/// What has happened, remembered for a while.
public interface Events {
  /// Events after the one of this id, the oldest first.
  @Again
  List<Event> after(long id, int atMost);

  /// What has happened to one thing, the oldest first.
  @Again
  List<Event> of(String resourceId, int atMost);

  /// Which events are wanted. What is empty does not matter.
  ///
  /// @param name part of their name, in any case
  /// @param resourceId what they happened to
  record Wanted(String name, String resourceId) {}

  /// The newest events before the one of this id, the newest first.
  @Again
  List<Event> before(Wanted wanted, long before, int atMost);

  /// Forgets events and firings of automations that are older.
  ///
  /// @param atMost how many of each at once
  /// @return how many
  @AtDatabase
  int forget(Duration age, int atMost);
}
