package dev.penstock.cli.remote;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.RunLogs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Flow runs as commands read and change them, wherever they are recorded.
public interface Runs {
  /// The newest first.
  List<FlowRun> list(RunFilter filter, int atMost);

  /// Those with this id, one that begins so, or this name, the newest first.
  List<FlowRun> called(String word, int atMost);

  Optional<FlowRun> find(String id);

  /// Every state it was in, the first one first.
  List<State> history(String id);

  /// How many of its tasks are in each state.
  Map<StateName, Integer> taskStates(String id);

  /// Lines of its log after the one of this id, the oldest first; several hundred at once.
  ///
  /// @return the last page when it is empty
  List<RunLogs.Line> lines(String id, long after);

  /// The name of a task run.
  Optional<String> taskName(String taskRun);

  /// What it asks, when it waits for an answer.
  Optional<String> asks(String id);

  /// @return where it is then; empty when it is not there
  Optional<State> cancel(String id);

  /// @return where it is then; empty when it is not there
  Optional<State> pause(String id);

  /// @param input the answer to what it asks, as JSON; null for none
  void resume(String id, @Nullable String input);

  void retry(String id, boolean fromStart);

  /// @param state a final one
  void force(String id, StateName state, String message);

  /// @return whether it is gone; false when a process holds it
  boolean delete(String id);
}
