package dev.penstock.pipeline.connector;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Told by a [Trait#GROUP] reader when its broker gives or takes splits, by one thread at a time,
/// which is not the one that polls.
public interface Assignments {

  /// Claims the splits in the target's log and says where to read on from; the reader seeks there,
  /// and to the start of a split without a position. What is absent from the answer goes on where
  /// the broker says, since the target keeps no positions.
  Map<Split, Optional<Position>> gained(Set<Split> splits) throws Exception;

  /// The splits will go at `deadline`: returns when what was given of them is committed, or when
  /// they are given up. The reader gives nothing of them from before this call on.
  void leaving(Set<Split> splits, Instant deadline);

  /// The splits are gone: nothing of them may be committed any more.
  void lost(Set<Split> splits);
}
