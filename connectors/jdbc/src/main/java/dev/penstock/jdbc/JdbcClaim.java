package dev.penstock.jdbc;

import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Split;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A claim on rows of the [PositionTable].
///
/// @param shared whether other processes of the pipeline go on with splits of theirs
record JdbcClaim(String pipeline, Map<Split, Entry> last, Map<Split, Long> epochs, boolean shared)
    implements Claim {

  /// The claim as one of ours.
  static @Nullable JdbcClaim of(@Nullable Claim claim) {
    return switch (claim) {
      case null -> null;
      case JdbcClaim ours -> ours;
      default ->
          throw new IllegalArgumentException(
              "a table's positions are committed in its own database: the claim must come from the sink's log(), was "
                  + claim.getClass().getSimpleName());
    };
  }

  /// The splits of both, and the newer epoch of those that both have.
  JdbcClaim with(Claim more) {
    if (!(more instanceof JdbcClaim other) || !other.pipeline.equals(pipeline)) {
      throw new IllegalArgumentException(
          "a claim on other positions than those of \"" + pipeline + "\": " + more);
    }
    Map<Split, Entry> allLast = new HashMap<>(last);
    allLast.putAll(other.last);
    Map<Split, Long> allEpochs = new HashMap<>(epochs);
    allEpochs.putAll(other.epochs);
    return new JdbcClaim(pipeline, Map.copyOf(allLast), Map.copyOf(allEpochs), shared);
  }

  /// Whether anything was committed before the claim.
  boolean goesOn() {
    return last.values().stream().anyMatch(entry -> entry.to().isPresent());
  }

  long epoch(Split split) {
    Long epoch = epochs.get(split);
    if (epoch == null) {
      throw new IllegalArgumentException("split " + split.id() + " was not claimed");
    }
    return epoch;
  }

  @Override
  public void append(Map<Split, Entry> next) {
    throw new UnsupportedOperationException(
        "the log of a table takes positions with the table's own commits only");
  }
}
