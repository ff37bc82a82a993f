package dev.penstock.data;

/// A Java type that cannot be shown as columns, or as the value of one.
public final class UnsupportedType extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnsupportedType(String message) {
    super(message);
  }

  UnsupportedType(String message, Throwable cause) {
    super(message, cause);
  }
}
