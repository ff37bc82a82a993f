package dev.penstock.cli.runs;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.TaskRun;
import java.util.List;
import picocli.CommandLine.Parameters;

/// The task run that a command is about.
final class TaskRunParameter {
  private static final int SHOWN = 10;

  @Parameters(index = "0", paramLabel = "TASK-RUN", description = "Its id, or the beginning.")
  private String word = "";

  /// Finds it in the store.
  ///
  /// @throws CommandFailed when there is none, or more than one
  TaskRun find(Session session) {
    List<TaskRun> found =
        word.isBlank() ? List.of() : session.store().search().taskRuns(word, SHOWN);
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      throw new CommandFailed(
          "there is no task run \"" + word + "\"; penstock task-run ls --flow-run RUN lists them");
    }
    throw new CommandFailed(
        "\""
            + word
            + "\" may be any of these task runs, and perhaps more; say which by more of its id:"
            + System.lineSeparator()
            + TaskRunText.listing(session).table(found));
  }
}
