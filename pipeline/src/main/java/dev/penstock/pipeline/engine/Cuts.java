package dev.penstock.pipeline.engine;

/// Makes the cuts of a run. The sink says when one is wanted, a head says where it may be.
final class Cuts {
  /// Set by the sink or by the clock; taken back when the cut is made.
  volatile boolean wanted;

  private final ReadLog read;

  /// The head that makes the cuts.
  private final Head injector;

  Cuts(ReadLog read, Head injector) {
    this.read = read;
    this.injector = injector;
  }

  /// The last cut, where steps below the injector want nothing more: they will not when the run is
  /// resumed either, so that no record behind the position is missed, whatever it is.
  Mark early() {
    return mark(Math.max(1, injector.clean()), true);
  }

  /// The cut behind the first `sequence` records of the source.
  Mark mark(long sequence, boolean last) {
    wanted = false;
    return new Mark(read.upTo(sequence), last);
  }
}
