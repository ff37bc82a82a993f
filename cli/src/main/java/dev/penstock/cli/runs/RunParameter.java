package dev.penstock.cli.runs;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.FlowRun;
import picocli.CommandLine.Parameters;

/// The flow run that a command is about.
final class RunParameter {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "Its id, or the beginning, or its name.")
  private String word = "";

  /// Finds it in the store.
  ///
  /// @throws CommandFailed when there is none, or more than one
  FlowRun find(Session session) {
    return FoundRun.of(session, word);
  }
}
