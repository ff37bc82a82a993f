package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Failure;

/// What travels between segments besides records. A class, because asking for it must cost next to
/// nothing.
abstract class Signal {

  /// The upstream has come to its end.
  static final Signal END = new Signal() {};

  /// Nothing came in time.
  static final Signal TIMEOUT = new Signal() {};

  /// A failure in its record's place.
  static final class Failed extends Signal {
    final Failure failure;

    Failed(Failure failure) {
      this.failure = failure;
    }
  }

  /// What ends the run.
  static final class Fatal extends Signal {
    final Throwable cause;

    Fatal(Throwable cause) {
      this.cause = cause;
    }
  }
}
