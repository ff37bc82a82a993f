package dev.penstock.pipeline.connector;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Told by a [Trait#GROUP] reader when its broker gives or takes splits.
public interface Assignments {

  /// Claims the splits in the target's log and says where to read on from; the reader seeks there.
  Map<Split, Optional<Position>> gained(Set<Split> splits);

  /// The splits will go at `deadline`: commits what is done of them, or gives them up.
  void leaving(Set<Split> splits, Instant deadline);

  /// The splits are gone: nothing of them may be committed any more.
  void lost(Set<Split> splits);
}
