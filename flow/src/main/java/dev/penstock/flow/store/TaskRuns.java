package dev.penstock.flow.store;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The task runs of a store. All writes carry the lease of their flow run.
public interface TaskRuns {
  /// Moves a task run to a state, making it when it is new, and waits until that is committed.
  ///
  /// @throws Fenced when another has taken the flow run since
  void move(Lease lease, TaskMove move);

  /// The same without waiting. It is committed before anything that this process writes later.
  CompletableFuture<Void> moveSoon(Lease lease, TaskMove move);

  /// Keeps the figures of a pipeline that runs, without waiting for it.
  ///
  /// @param summary as JSON
  CompletableFuture<Void> figuresSoon(Lease lease, String taskRun, String summary);

  /// The task run of one call, if it was made before.
  @Again
  Optional<TaskRun> call(String flowRun, int generation, String path);

  /// Forgets a call and those inside it: another takes its place.
  ///
  /// @throws Fenced when another has taken the flow run since
  @Again
  void forget(Lease lease, TaskRun.Key key);

  /// The task runs of a flow run, in the order of their calls, from `path` on.
  ///
  /// @param path where to begin; empty for the first
  @Again
  List<TaskRun> of(String flowRun, int generation, String path, int atMost);

  @Again
  Optional<TaskRun> find(String id);

  /// Every state that a task run was in, the first one first.
  @Again
  List<State> history(String taskRun);

  /// The states that the task runs of a flow run were in, by the id of the task run, each in order.
  ///
  /// @param atMost how many states in all
  @Again
  Map<String, List<State>> histories(String flowRun, int generation, int atMost);

  /// Gives a task run that waits for somebody what it waits for: its result. The flow run has to be
  /// resumed afterwards.
  ///
  /// @return whether it was waiting
  boolean answer(String taskRun, String result);

  /// A task run that moves to a state.
  ///
  /// @param id of the task run; the same for all its moves
  /// @param attempt which try it is, counted from 1
  /// @param due until when it waits; null for one that does not
  /// @param summary figures of a pipeline, as JSON; null to leave them as they are
  record TaskMove(
      String id,
      TaskRun.Key key,
      List<String> tags,
      int attempt,
      StateName state,
      String message,
      @Nullable Instant due,
      @Nullable String result,
      @Nullable String error,
      @Nullable String summary) {
    public TaskMove {
      tags = List.copyOf(tags);
    }
  }
}
