package dev.penstock.flow.store;

/// The database of the store, or the server in front of it, could not be reached, is full, locked
/// or read-only, or broke off before it said whether a write is there.
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Where a server is in between.
  public StoreUnavailable(String message) {
    super(message);
  }

  StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
