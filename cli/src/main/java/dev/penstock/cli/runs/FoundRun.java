package dev.penstock.cli.runs;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Session;
import dev.penstock.data.DidYouMean;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.RunFilter;
import java.util.List;

/// Finds the flow run that a word on the command line means.
public final class FoundRun {
  private static final int SHOWN = 10;
  private static final int RECENT = 200;

  private FoundRun() {}

  /// The run with this id, an id that begins so, or this name.
  ///
  /// @throws CommandFailed when there is none, or more than one
  public static FlowRun of(Session session, String word) {
    List<FlowRun> found = word.isBlank() ? List.of() : Runs.of(session).called(word, SHOWN + 1);
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      throw new CommandFailed(
          "there is no flow run \"" + word + "\"" + DidYouMean.hint(word, recent(session)));
    }
    throw new CommandFailed(
        "\""
            + word
            + "\" may be any of these flow runs; say which by more of its id:"
            + System.lineSeparator()
            + FlowRunText.listing(session).table(found.subList(0, Math.min(SHOWN, found.size())))
            + (found.size() > SHOWN ? System.lineSeparator() + "…" : ""));
  }

  private static List<String> recent(Session session) {
    return Runs.of(session).list(RunFilter.ALL, RECENT).stream().map(FlowRun::name).toList();
  }
}
