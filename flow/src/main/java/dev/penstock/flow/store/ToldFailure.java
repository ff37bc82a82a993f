package dev.penstock.flow.store;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a store refused, as one process tells another.
///
/// @param lease the one that is lost; null for other failures
public record ToldFailure(Kind kind, String message, @Nullable Lease lease) {

  /// Which exception it is.
  public enum Kind {
    FENCED(Fenced.class),
    UNKNOWN_NAME(UnknownName.class),
    WORKER_NAME_TAKEN(WorkerNameTaken.class),
    REPLAY_REFUSED(ReplayRefused.class),
    UNAVAILABLE(StoreUnavailable.class),
    ARGUMENT(IllegalArgumentException.class),
    STATE(IllegalStateException.class);

    private final Class<? extends RuntimeException> type;

    Kind(Class<? extends RuntimeException> type) {
      this.type = type;
    }
  }

  /// A failure as it is told; empty for one that nobody expects.
  public static Optional<ToldFailure> of(Throwable failure) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.type == failure.getClass())
        .findFirst()
        .map(kind ->
            new ToldFailure(
                kind,
                String.valueOf(failure.getMessage()),
                failure instanceof Fenced fenced ? fenced.lease() : null));
  }

  /// The exception again.
  public RuntimeException made() {
    return switch (kind) {
      case FENCED -> lease == null ? new IllegalStateException(message) : new Fenced(lease);
      case UNKNOWN_NAME -> new UnknownName(message);
      case WORKER_NAME_TAKEN -> new WorkerNameTaken(message);
      case REPLAY_REFUSED -> new ReplayRefused(message);
      case UNAVAILABLE -> new StoreUnavailable(message);
      case ARGUMENT -> new IllegalArgumentException(message);
      case STATE -> new IllegalStateException(message);
    };
  }
}
