package dev.penstock.flow.store;

import dev.penstock.flow.store.StoredLetter.Draft;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The records that pipelines of tasks gave up. They are deleted with their flow run.
public interface DeadLetters {
  /// Keeps one, without waiting for it.
  CompletableFuture<Void> keepSoon(Lease lease, Draft letter);

  /// Those of a flow run, in the order in which they were given up.
  ///
  /// @param after the id of the last one before; 0 for the first
  @Again
  List<StoredLetter> of(String flowRun, long after, int atMost);

  /// How many a flow run has, by the class of their exception; the most frequent first.
  @Again
  Map<String, Long> errors(String flowRun);

  /// Tries records again: the run goes on with just these in the pipeline of their task, from the
  /// step on that gave them up; other tasks that have completed keep their results.
  ///
  /// @param ids of letters of one step of one task
  /// @throws ReplayRefused when that is not possible
  void replay(String flowRun, Collection<Long> ids);

  /// Those that are to be tried again by a task run.
  @Again
  List<StoredLetter> asked(String taskRun);

  /// Notes that a task run has tried again what it was asked to.
  ///
  /// @throws Fenced when another has taken the flow run since
  void replayed(Lease lease, String taskRun);
}
