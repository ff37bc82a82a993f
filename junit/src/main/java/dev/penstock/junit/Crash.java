package dev.penstock.junit;

/// The end of a process in the middle of a flow. An `Error`, so that code which catches exceptions
/// lets it pass.
public final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  Crash() {
    super("the test lets the process crash here", null, false, false);
  }
}
