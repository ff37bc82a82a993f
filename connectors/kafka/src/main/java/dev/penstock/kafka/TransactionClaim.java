package dev.penstock.kafka;

import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Split;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A claim on splits in a [TransactionLog].
///
/// @param id of the claim, and the transactional id of the writer that is opened with it
record TransactionClaim(String pipeline, String id, Set<Split> splits, Map<Split, Entry> last)
    implements Claim {
  TransactionClaim {
    splits = Set.copyOf(splits);
    last = Map.copyOf(last);
  }

  /// A transactional id that nobody else has.
  static String newId(String name) {
    return "penstock-" + name + "-" + UUID.randomUUID();
  }

  /// The claim as one of ours.
  static @Nullable TransactionClaim of(@Nullable Claim claim) {
    return switch (claim) {
      case null -> null;
      case TransactionClaim ours -> ours;
      default ->
          throw new IllegalArgumentException(
              "the positions of a topic are committed in its own cluster: the claim must come from the sink's log(), was "
                  + claim.getClass().getSimpleName());
    };
  }

  @Override
  public void append(Map<Split, Entry> next) {
    throw new UnsupportedOperationException(
        "the log of a topic takes positions with the topic's own transactions only");
  }
}
