package dev.penstock.flow.store;

/// Dead letters that cannot be tried again as they were asked to be; the message says why, and what
/// to do.
public final class ReplayRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReplayRefused(String message) {
    super(message);
  }
}
