package dev.penstock.data.block;

/// Settings of a block that cannot be read; the message lists all that is wrong with them, and
/// shows no secret.
public final class BadBlock extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  BadBlock(String message) {
    super(message);
  }
}
