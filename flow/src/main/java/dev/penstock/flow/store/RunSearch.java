package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds runs by what people know of them.
public interface RunSearch {
  /// Flow runs with this id, this name, or an id that begins so, newest first.
  @Again
  List<FlowRun> flowRuns(String word, int atMost);

  /// Flow runs whose lease has ended and that nobody has taken over, the longest first. While a
  /// worker lives there are none for more than a few seconds.
  @Again
  List<FlowRun> abandoned(int atMost);

  /// How many due runs wait in each queue for a worker, by pool and queue.
  @Again
  List<Waiting> waiting();

  /// Runs that wait in a work queue.
  record Waiting(String pool, String queue, long runs) {}

  /// The pipelines that run, by flow run and task.
  @Again
  List<RunningPipeline> pipelines();

  /// A pipeline that runs.
  ///
  /// @param taskRun the id of its task run
  /// @param task the name of that: the task, and how often it was called before
  /// @param figures as its task run has them, JSON
  record RunningPipeline(String taskRun, String task, String figures, FlowRun run) {}

  /// How many runs wait in each pool for longer than they should, by pool.
  @Again
  Map<String, Integer> late();

  /// Task runs with this id, or one that begins so, newest first.
  @Again
  List<TaskRun> taskRuns(String word, int atMost);

  /// Task runs, newest first.
  ///
  /// @param flowRun the id of their flow run, of which those of the newest generation are meant;
  ///   null for those of all
  /// @param state null for any
  @Again
  List<TaskRun> newestTaskRuns(@Nullable String flowRun, @Nullable StateName state, int atMost);

  /// How many tasks of a flow run, of the newest generation, are in each state.
  @Again
  Map<StateName, Integer> taskStates(String flowRun);

  /// How many task runs ended, by state and by time.
  ///
  /// @param since where the first interval begins
  /// @param width how long each interval is
  @Again
  List<FlowRuns.Ended> taskRunsEnded(Instant since, Duration width);

  /// Which ticks of a deployment have a run that has completed.
  ///
  /// @param ticks up to some thousands
  @Again
  List<Instant> completed(String deployment, List<Instant> ticks);

  /// Flow runs in one of these states that no other run of their flow and deployment has followed,
  /// the newest first; none that another run has called.
  ///
  /// @param since they were made
  /// @param look through how many of the newest in these states
  @Again
  List<FlowRun> unfollowed(List<StateName> states, Instant since, int look);

  /// The names of the flows that have runs, in order.
  @Again
  List<String> flowNames();

  /// The flows that have runs, by name.
  ///
  /// @param atMost how many runs of each are counted; [Integer#MAX_VALUE] for all
  @Again
  List<KnownFlow> flows(int atMost);

  /// A flow that has runs.
  ///
  /// @param last the newest of them
  record KnownFlow(String name, FlowRuns.Counted runs, FlowRun last) {}
}
