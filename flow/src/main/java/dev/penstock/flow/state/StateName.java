package dev.penstock.flow.state;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The names of states, as people read them: each is one kind of its [StateType].
public enum StateName {
  SCHEDULED("Scheduled", StateType.SCHEDULED),
  /// Its time has passed, and nobody has taken it.
  LATE("Late", StateType.SCHEDULED),
  AWAITING_RETRY("AwaitingRetry", StateType.SCHEDULED),
  AWAITING_CONCURRENCY_SLOT("AwaitingConcurrencySlot", StateType.SCHEDULED),
  PENDING("Pending", StateType.PENDING),
  /// On its way into a process of its own.
  SUBMITTING("Submitting", StateType.PENDING),
  RUNNING("Running", StateType.RUNNING),
  RETRYING("Retrying", StateType.RUNNING),
  PAUSED("Paused", StateType.PAUSED),
  /// Unwound: no process holds it until it is resumed.
  SUSPENDED("Suspended", StateType.PAUSED),
  RESUMING("Resuming", StateType.SCHEDULED),
  CANCELLING("Cancelling", StateType.CANCELLING),
  CANCELLED("Cancelled", StateType.CANCELLED),
  COMPLETED("Completed", StateType.COMPLETED),
  CACHED("Cached", StateType.COMPLETED),
  ROLLED_BACK("RolledBack", StateType.COMPLETED),
  FAILED("Failed", StateType.FAILED),
  TIMED_OUT("TimedOut", StateType.FAILED),
  CRASHED("Crashed", StateType.CRASHED);

  private static final Map<String, StateName> BY_TITLE =
      Arrays.stream(values()).collect(Collectors.toMap(StateName::title, Function.identity()));

  private final String title;
  private final StateType type;

  StateName(String title, StateType type) {
    this.title = title;
    this.type = type;
  }

  /// As it is shown and stored: `AwaitingRetry`.
  public String title() {
    return title;
  }

  public StateType type() {
    return type;
  }

  /// The name of this title.
  ///
  /// @throws IllegalArgumentException when there is none
  public static StateName of(String title) {
    StateName name = BY_TITLE.get(title);
    if (name == null) {
      throw new IllegalArgumentException("\"" + title + "\" is no state");
    }
    return name;
  }

  @Override
  public String toString() {
    return title;
  }
}
