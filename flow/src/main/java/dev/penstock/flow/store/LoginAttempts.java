package dev.penstock.flow.store;

import java.util.List;

/// How often somebody tried to log in of late, counted for all servers of a store together.
public interface LoginAttempts {
  /// What attempts are counted by.
  ///
  /// @param name such as `address 127.0.0.1`
  /// @param most attempts in a window
  record Subject(String name, int most) {}

  /// Counts an attempt, before it is made: many at once are counted too.
  ///
  /// @return whether it may be made; it may not when there were too many for any of the subjects
  boolean begin(List<Subject> subjects);

  /// Takes back what an attempt was counted for that was right: attempts of a name are forgotten,
  /// of others the one.
  void succeeded(Subject name, Subject other);
}
