package dev.penstock.pipeline.engine;

/// Throws what user code threw as it is, checked or not: a run ends with the original exception.
final class Sneaky {
  private Sneaky() {}

  static RuntimeException raise(Throwable t) {
    return Sneaky.<RuntimeException>cast(t);
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> RuntimeException cast(Throwable t) throws X {
    throw (X) t;
  }
}
