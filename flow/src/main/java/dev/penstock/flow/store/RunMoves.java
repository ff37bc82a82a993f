package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The flow runs that begin and those that complete in one transaction, written together at its
/// end. Whoever begins or completes a run waits for that, and nobody else has its lease: nothing
/// else in the transaction is to see it. For one thread.
final class RunMoves {
  private static final HeldRuns BEGIN =
      new HeldRuns(
          List.of("code"),
          """
          attempt = CASE attempt WHEN 0 THEN 1 ELSE attempt END,
            version = coalesce(held.code, version), started_at = coalesce(started_at, :at),
            state_at = CASE state_type WHEN 'CANCELLING' THEN state_at ELSE :at END,
            state_name = CASE WHEN state_type = 'CANCELLING' THEN state_name
              WHEN attempt > 1 THEN 'Retrying' ELSE 'Running' END,
            state_type = CASE state_type WHEN 'CANCELLING' THEN state_type ELSE 'RUNNING' END
          """,
          "",
          "state_name, wanted");

  private static final HeldRuns COMPLETE =
      new HeldRuns(
          List.of("name", "message", "value"),
          """
          state_type = 'COMPLETED', state_name = held.name, state_at = :at,
            state_message = held.message, result = held.value, error = NULL, wanted = NULL,
            lease_owner = NULL, lease_until = NULL, crashes = 0, ended_at = :at
          """,
          "",
          "limited");

  private final Map<Lease, Begun> begun = new LinkedHashMap<>();
  private final Map<Lease, Completed> completed = new LinkedHashMap<>();

  /// A run that begins.
  static final class Begun {
    private final @Nullable String version;
    private @Nullable Wanted wanted;

    private Begun(@Nullable String version) {
      this.version = version;
    }

    /// What somebody asks of the run, once the transaction has committed.
    @Nullable Wanted wanted() {
      return wanted;
    }
  }

  private record Completed(StateName state, FlowRuns.Outcome outcome) {}

  /// Begins a run.
  ///
  /// @throws Fenced at the end of the transaction, when the lease is no longer the run's
  Begun begin(Tx tx, Lease lease, @Nullable String version) {
    if (begun.containsKey(lease)) {
      write(tx);
    }
    Begun added = new Begun(version);
    begun.put(lease, added);
    return added;
  }

  /// Completes a run, and lets it go.
  ///
  /// @throws Fenced at the end of the transaction, when the lease is no longer the run's
  void complete(Tx tx, Lease lease, StateName state, FlowRuns.Outcome outcome) {
    if (completed.containsKey(lease)) {
      write(tx);
    }
    completed.put(lease, new Completed(state, outcome));
  }

  void write(Tx tx) {
    if (!begun.isEmpty()) {
      writeBegun(tx);
      begun.clear();
    }
    if (!completed.isEmpty()) {
      writeCompleted(tx);
      completed.clear();
    }
  }

  private static <V> Map<Lease, List<@Nullable String>> texts(
      Map<Lease, V> moves, Function<V, List<@Nullable String>> of) {
    Map<Lease, List<@Nullable String>> texts = new LinkedHashMap<>();
    moves.forEach((lease, move) -> texts.put(lease, of.apply(move)));
    return texts;
  }

  private static <T> T answer(Map<Lease, T> answers, Lease lease) {
    T answer = answers.get(lease);
    if (answer == null) {
      throw new Fenced(lease);
    }
    return answer;
  }

  private void writeBegun(Tx tx) {
    Map<Lease, Now> runs =
        BEGIN.update(
            tx,
            tx.now(),
            texts(begun, each -> Arrays.asList(each.version)),
            row -> new Now(row.getString("state_name"), row.getString("wanted")));
    begun.forEach((lease, each) -> {
      Now now = answer(runs, lease);
      StateName state = StateName.of(now.state());
      each.wanted = now.wanted() == null ? null : Wanted.valueOf(now.wanted());
      if (state.type() == StateType.RUNNING) { // or somebody cancels it
        tx.entered(Histories.Of.FLOW_RUN, lease.run(), state, "");
      }
    });
  }

  private record Now(String state, @Nullable String wanted) {}

  private void writeCompleted(Tx tx) {
    Map<Lease, Boolean> limited =
        COMPLETE.update(
            tx,
            tx.now(),
            texts(
                completed,
                each ->
                    Arrays.asList(
                        each.state.title(), each.outcome.message(), each.outcome.result())),
            row -> row.getInt("limited") == 1);
    tx.leasesChanged();
    completed.forEach((lease, each) -> {
      boolean slots = answer(limited, lease);
      tx.entered(Histories.Of.FLOW_RUN, lease.run(), each.state, each.outcome.message());
      if (slots) {
        Slots.releaseAll(tx, lease.run());
      }
    });
  }
}
