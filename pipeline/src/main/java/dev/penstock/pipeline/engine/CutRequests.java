package dev.penstock.pipeline.engine;

/// What the sink and the clock ask of the heads that make cuts: each request has a number, so that
/// every source answers it once, and a junction knows the answers that belong together.
final class CutRequests {
  private volatile long asked;
  private long answered;

  /// Asks for a cut, unless one is on its way.
  synchronized void ask() {
    asked = Math.max(asked, answered + 1);
  }

  /// Asks for a cut that is made after this call.
  synchronized void askAnew() {
    asked++;
  }

  /// Notes that the cut with this number has come to the sink.
  synchronized void answered(long number) {
    answered = Math.max(answered, number);
  }

  /// The number of the last request.
  long asked() {
    return asked;
  }
}
