package dev.penstock.pipeline.engine;

/// What the sink and the clock ask of the heads that make cuts: each request has a number, so that
/// every source answers it once, and a junction knows the answers that belong together.
final class CutRequests {
  private volatile long asked;
  private long answered;
  private volatile boolean forced;

  /// Asks for a cut, unless one is on its way.
  synchronized void ask() {
    asked = Math.max(asked, answered + 1);
  }

  /// Asks for a cut that is made after this call.
  synchronized void askAnew() {
    asked++;
  }

  /// Asks for a cut for which steps send out what they hold back.
  void force() {
    forced = true;
    ask();
  }

  /// Cuts wait again until no step holds anything back.
  void relax() {
    forced = false;
  }

  boolean forced() {
    return forced;
  }

  /// Notes that the cut with this number has come to the sink.
  synchronized void answered(long number) {
    answered = Math.max(answered, number);
  }

  /// Whether the request with this number waits for its cut.
  synchronized boolean isOpen(long number) {
    return number > answered;
  }

  /// The number of the last request.
  long asked() {
    return asked;
  }
}
