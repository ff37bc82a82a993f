package dev.penstock.cli.report;

/// How a program ended.
public enum State {
  COMPLETED("Completed"),
  FAILED("Failed"),
  CANCELLED("Cancelled");

  private final String title;

  State(String title) {
    this.title = title;
  }

  /// The name for people.
  String title() {
    return title;
  }
}
