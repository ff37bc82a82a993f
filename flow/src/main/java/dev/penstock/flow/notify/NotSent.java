package dev.penstock.flow.notify;

import java.util.OptionalInt;

/// A message that was not taken. What is told of it shows no secret: webhooks have theirs in the
/// URL.
public final class NotSent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final boolean forGood;

  /// @param code what the other side answered; 0 for nothing
  /// @param forGood whether there is no use in trying again
  NotSent(String message, int code, boolean forGood) {
    super(message);
    this.code = code;
    this.forGood = forGood;
  }

  /// What the other side answered; empty when it could not be reached.
  public OptionalInt code() {
    return code == 0 ? OptionalInt.empty() : OptionalInt.of(code);
  }

  public boolean isForGood() {
    return forGood;
  }
}
