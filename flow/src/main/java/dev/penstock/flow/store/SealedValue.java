package dev.penstock.flow.store;

/// An encrypted value.
///
/// @param place what it is the value of, and bound to: `secret/db-password`
/// @param key the id of the key that opens it
/// @param value unreadable without that key
public record SealedValue(String place, String key, String value) {

  /// Encrypts the values that a write brings, knowing their places.
  @FunctionalInterface
  public interface Seal {
    SealedValue of(String place, String text);
  }

  /// Encrypts a value by another key.
  @FunctionalInterface
  public interface Reseal {
    SealedValue of(SealedValue before);
  }
}
