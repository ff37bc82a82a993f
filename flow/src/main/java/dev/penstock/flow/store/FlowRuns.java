package dev.penstock.flow.store;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The flow runs of a store: made, taken under a lease, moved from state to state. A run is held by
/// one process at a time; what another writes for it is [Fenced].
public interface FlowRuns {
  /// Makes a run, which then waits for its time; or finds the one that was made with the same id or
  /// idempotency key.
  @Again
  FlowRun create(NewFlowRun run);

  /// The same for a subflow of a run that the caller holds.
  ///
  /// @throws Fenced when another has taken the caller's run since
  @Again
  FlowRun createSubflow(Lease caller, NewFlowRun subflow);

  /// The run of this id.
  @Again
  Optional<FlowRun> find(String id);

  /// How long until a run may be taken, by the clock of the store: that of this process may be
  /// another. Zero or less when it may be now.
  @Again
  Optional<Duration> untilDue(String run);

  /// Every state that a run was in, the first one first.
  @Again
  List<State> history(String run);

  /// Takes runs whose time has come, and for which there are slots: they are pending, and nobody
  /// else's until the lease ends. The first ones are those that go first.
  List<Claimed> claim(ClaimRequest request);

  /// Takes one run, whatever its time and its pool, unless it is over or held by another under a
  /// lease that has not ended.
  Optional<Claimed> take(String run, String owner, Duration lease);

  /// The same for a subflow of a run that the caller holds.
  ///
  /// @throws Fenced when another has taken the caller's run since
  Optional<Claimed> takeSubflow(Lease caller, String subflow, Duration lease);

  /// Begins a run that was taken.
  ///
  /// @param version of the code that runs it
  /// @return what somebody has asked of it since; null for nothing
  /// @throws Fenced when another has taken it since
  @Nullable Wanted begin(Lease lease, @Nullable String version);

  /// Holds runs for longer, with the slots they have, and tells what is asked of them.
  @Again
  List<Renewal> renew(Collection<Lease> leases, Duration lease);

  /// Moves a run that is held to another state, and lets it go where nobody holds such a run. One
  /// that was to be cancelled does not wait any more: it is cancelled; one that was to pause does.
  ///
  /// @param outcome what goes with the state
  /// @return where it is now
  /// @throws Fenced when another has taken it since
  State move(Lease lease, StateName state, Outcome outcome);

  /// What goes with a state that a run moves to.
  ///
  /// @param message why, for people
  /// @param result what the flow returned, as JSON
  /// @param error why it failed, with its stack
  /// @param pause how long until it may be taken again, by the clock of the store; null to leave
  ///   that as it is
  /// @param log what the run says of it, which is in the store as soon as the state is
  record Outcome(
      String message,
      @Nullable String result,
      @Nullable String error,
      @Nullable Duration pause,
      List<RunLogs.Line> log) {
    public Outcome {
      log = log == null ? List.of() : List.copyOf(log); // a process of another version has none
    }

    public Outcome(
        String message, @Nullable String result, @Nullable String error, @Nullable Duration pause) {
      this(message, result, error, pause, List.of());
    }

    public static Outcome message(String message) {
      return new Outcome(message, null, null, null);
    }

    /// The same with lines of the log.
    public Outcome logging(List<RunLogs.Line> lines) {
      return new Outcome(message, result, error, pause, lines);
    }
  }

  /// Finds runs whose process is gone, and says what becomes of them: those of a pool wait to be
  /// taken over, at most `again` times without progress; others have crashed.
  ///
  /// @return the ids of the runs found
  @AtDatabase
  List<String> expire(int again);

  /// Asks a run to stop. One that nobody holds is cancelled at once.
  ///
  /// @return where it is now; empty when there is no such run
  @Again
  Optional<State> cancel(String id);

  /// Asks a run to unwind before its next task, and to wait until it is resumed. One that nobody
  /// holds is paused at once.
  @Again
  Optional<State> pause(String id);

  /// Lets a run that is paused or suspended go on.
  Optional<State> resume(String id);

  /// Runs a finished run again.
  ///
  /// @param fromStart whether to do all tasks again; else those that completed are not
  Optional<State> retry(String id, boolean fromStart);

  /// Puts a run into a final state by hand. Whoever holds it loses it.
  Optional<State> force(String id, StateName state, String message);

  /// Deletes a run with its subflows, tasks, logs and artifacts, unless somebody holds it or the
  /// run that called it.
  ///
  /// @return whether it is gone
  boolean delete(String id);

  /// Runs that the filter lets through, newest first.
  @Again
  List<FlowRun> list(RunFilter filter, Page page);

  /// The same for a filter with a text, which is looked for in a bounded number of runs at once: no
  /// index knows what names contain.
  ///
  /// @param look through how many runs at most, such as [FoundRuns#LOOK]
  @Again
  FoundRuns search(RunFilter filter, Page page, int look);

  /// How many runs that the filter lets through are in each state, as far as they are counted: what
  /// takes long with many runs is said only roughly. Where the filter has nothing but states and
  /// times, so many of each state are counted; else so many of the newest, and with a text among
  /// the newest [FoundRuns#LOOK] that the rest of the filter lets through.
  ///
  /// @param atMost how many are counted; [Integer#MAX_VALUE] for all
  /// @return of each state that has any
  @Again
  Map<StateName, Counted> states(RunFilter filter, int atMost);

  /// How many runs were counted.
  ///
  /// @param more whether there may be more that were not
  record Counted(long runs, boolean more) {}

  /// How many outermost runs ended, by state and by time.
  ///
  /// @param since where the first interval begins
  /// @param width how long each interval is
  @Again
  List<Ended> ended(Instant since, Duration width);

  /// Runs that ended within an interval.
  ///
  /// @param interval counted from 0
  record Ended(StateType state, int interval, long runs) {}
}
