package dev.penstock.flow.store;

/// The store's values are encrypted by another key than the one that was to be used; nothing was
/// written.
public final class OtherKey extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OtherKey(String used, String current) {
    super("the store's values are sealed by key " + current + ", not by " + used);
  }
}
