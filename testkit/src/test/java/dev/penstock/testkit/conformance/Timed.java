package dev.penstock.testkit.conformance;

/// A case that needs real time: it is tried again when a busy machine stalled, but not for ever.
final class Timed {
  private static final int TRIES = 4;

  private Timed() {}

  @FunctionalInterface
  interface Attempt {
    void run() throws Exception;
  }

  static void holds(Attempt attempt) throws Exception {
    for (int i = 1; ; i++) {
      try {
        attempt.run();
        return;
      } catch (AssertionError stalled) {
        if (i == TRIES) {
          throw stalled;
        }
      }
    }
  }
}
