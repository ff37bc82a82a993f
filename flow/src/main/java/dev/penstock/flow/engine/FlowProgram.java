package dev.penstock.flow.engine;

import org.jspecify.annotations.Nullable;

/// A flow that this process has the code of.
public interface FlowProgram {
  /// The name of the flow.
  String flow();

  /// Of the code; null when it has none, and no other process can have the same.
  @Nullable String version();

  FlowSettings settings();

  /// Runs the body on this thread.
  ///
  /// @param parameters a JSON object
  /// @return what it returned, as JSON; null for nothing
  /// @throws Exception what user code threw
  @Nullable String call(String parameters) throws Exception;
}
