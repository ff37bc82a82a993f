package dev.penstock.pipeline.engine;

/// Makes the cuts of a run. The sink says when one is wanted, a head says where it may be.
final class Cuts {
  /// Set by the sink or by the clock; taken back when the cut is made.
  volatile boolean wanted;

  private final ReadLog read;

  Cuts(ReadLog read) {
    this.read = read;
  }

  /// The cut behind the first `sequence` records of the source.
  Mark mark(long sequence, boolean last) {
    wanted = false;
    return new Mark(read.upTo(sequence), last);
  }
}
