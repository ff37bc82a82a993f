package dev.penstock.pipeline.engine;

/// Makes the cuts of one head: it says where they may be, the requests say when one is wanted.
final class Cuts {
  private final CutRequests requests;
  private final PositionLog log;

  /// Whether a cut does not wait until no step holds anything back, because other sources wait for
  /// it.
  final boolean urgent;

  private long made;

  Cuts(CutRequests requests, PositionLog log, boolean urgent) {
    this.requests = requests;
    this.log = log;
    this.urgent = urgent;
  }

  boolean wanted() {
    return made < requests.asked();
  }

  /// The cut behind the first `sequence` records of the source.
  Mark mark(long sequence, boolean last) {
    made = requests.asked();
    return new Mark(log.upTo(sequence), made, last);
  }
}
