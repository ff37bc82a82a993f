package dev.penstock.pipeline.engine;

/// Makes the cuts of one head: it says where they may be, the requests say when one is wanted.
final class Cuts {
  private final CutRequests requests;
  private final PositionLog log;

  private final boolean aligned;

  private long made;

  Cuts(CutRequests requests, PositionLog log, boolean aligned) {
    this.requests = requests;
    this.log = log;
    this.aligned = aligned;
  }

  boolean wanted() {
    return made < requests.asked();
  }

  /// Whether a cut does not wait until no step holds anything back: other sources wait for it, or
  /// it is forced.
  boolean urgent() {
    return aligned || requests.forced();
  }

  /// The cut behind the first `sequence` records of the source.
  Mark mark(long sequence, boolean last) {
    made = requests.asked();
    return new Mark(log.upTo(sequence), sequence, requests.forced(), made, last);
  }
}
