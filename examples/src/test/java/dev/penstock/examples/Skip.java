package dev.penstock.examples;

import org.junit.jupiter.api.Assumptions;

/// Skips a test, and says so where everybody sees it.
final class Skip {
  private Skip() {}

  static void because(String why) {
    System.err.println("SKIPPED: " + why);
    Assumptions.abort(why);
  }
}
