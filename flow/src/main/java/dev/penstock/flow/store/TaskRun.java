package dev.penstock.flow.store;

import dev.penstock.flow.state.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One execution of a task, as the store knows it.
///
/// @param key which call it is
/// @param state where it is
/// @param attempt which try this is, counted from 1
/// @param due of one that waits: until when
/// @param result what it returned, as JSON; null for none
/// @param error why it failed, with its stack; null when it did not
/// @param summary of a pipeline: its figures, as JSON; null for none
public record TaskRun(
    String id,
    Key key,
    List<String> tags,
    State state,
    int attempt,
    @Nullable Instant due,
    @Nullable String result,
    @Nullable String error,
    @Nullable String summary,
    FlowRun.Times times) {
  public TaskRun {
    tags = List.copyOf(tags);
  }

  /// Which call of which run a task run is.
  ///
  /// @param flowRun the id of the flow run
  /// @param generation of the flow run
  /// @param path its place among the calls: numbers of six digits, `000003/000000` for the first
  ///   call inside the fourth
  /// @param name the task and how often it was called before: `extract-0`
  /// @param task the name of the task
  /// @param child of a subflow: the id of its flow run; null for others
  public record Key(
      String flowRun,
      int generation,
      String path,
      String name,
      String task,
      @Nullable String child) {}
}
