package dev.penstock.flow.store;

import java.util.Arrays;
import java.util.Locale;

/// What somebody may do on the server, the least first: each may what those before may.
public enum Role {
  /// Looks.
  VIEWER,
  /// Starts, cancels and retries runs, pauses schedules.
  OPERATOR,
  /// Runs flows: takes runs, writes what becomes of them, and reads secrets. For keys of workers.
  WORKER,
  /// Changes what there is, and who may do what.
  ADMIN;

  /// The role of a word, such as `operator`.
  ///
  /// @throws IllegalArgumentException when there is none
  public static Role of(String word) {
    return Arrays.stream(values())
        .filter(role -> role.word().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "\"" + word + "\" is no role: write viewer, operator, worker or admin"));
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it may all that another may.
  public boolean covers(Role other) {
    return compareTo(other) >= 0;
  }
}
