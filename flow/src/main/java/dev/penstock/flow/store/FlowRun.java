package dev.penstock.flow.store;

import dev.penstock.flow.state.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One execution of a flow, as the store knows it.
///
/// @param name two random words
/// @param origin what it is a run of
/// @param call what it was called with
/// @param state where it is
/// @param due when it may be taken; of a suspended run, when it is looked at again
/// @param attempt which try this is, counted from 1; 0 before the first
/// @param generation grows when it is run again from its start
/// @param owner the process that holds it; null for none
/// @param result what its method returned, as JSON; null for none
/// @param error why it failed, with its stack; null when it did not
/// @param times when it was made, begun and ended
public record FlowRun(
    String id,
    String name,
    Origin origin,
    Call call,
    State state,
    Instant due,
    int attempt,
    int generation,
    @Nullable String owner,
    @Nullable String result,
    @Nullable String error,
    Times times) {

  /// What a run is a run of.
  ///
  /// @param flow the name of the flow
  /// @param deployment the id of its deployment; null for none
  /// @param pool the work pool in which it waits to be taken; null when only the process that made
  ///   it runs it
  /// @param queue the queue of that pool; null for the pool's default
  /// @param priority lower goes first
  /// @param version of the code; null until it is begun
  /// @param source where the code is, for runs without a deployment; null when it is not known
  public record Origin(
      String flow,
      @Nullable String deployment,
      @Nullable String pool,
      @Nullable String queue,
      int priority,
      @Nullable String version,
      @Nullable String source) {
    /// Of a flow that this very process runs.
    public static Origin here(String flow, @Nullable String version, @Nullable String source) {
      return new Origin(flow, null, null, null, 0, version, source);
    }
  }

  /// What a run was called with.
  ///
  /// @param parameters a JSON object
  /// @param parent of a subflow: the id of the run that called it
  /// @param root of a subflow: the id of the outermost run
  /// @param path of a subflow: which call in its parent
  /// @param intervalFrom of a scheduled run: the start of its data interval
  /// @param intervalTo and its end
  /// @param idempotencyKey what is created again with the same key is the same run
  public record Call(
      String parameters,
      List<String> tags,
      @Nullable String parent,
      @Nullable String root,
      @Nullable String path,
      @Nullable Instant intervalFrom,
      @Nullable Instant intervalTo,
      @Nullable String idempotencyKey) {
    public Call {
      tags = List.copyOf(tags);
    }

    public static Call of(String parameters, List<String> tags) {
      return new Call(parameters, tags, null, null, null, null, null, null);
    }
  }

  /// @param started null before it was begun
  /// @param ended null before it was over
  public record Times(Instant created, @Nullable Instant started, @Nullable Instant ended) {}
}
