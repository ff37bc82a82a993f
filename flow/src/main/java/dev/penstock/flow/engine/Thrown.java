package dev.penstock.flow.engine;

/// Throws exceptions as they are: those of user code pass through `call`, which declares none, so
/// that a flow's body is not made of `throws` clauses.
final class Thrown {
  private Thrown() {}

  /// Throws it; the result is only for `throw`.
  static RuntimeException unchecked(Throwable failure) {
    return Thrown.<RuntimeException>raise(failure);
  }

  @SuppressWarnings("unchecked") // that is the point
  private static <E extends Throwable> E raise(Throwable failure) throws E {
    throw (E) failure;
  }
}
