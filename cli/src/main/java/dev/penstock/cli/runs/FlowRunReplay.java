package dev.penstock.cli.runs;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.ReplayRefused;
import dev.penstock.flow.store.StoredLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `penstock flow-run replay`.
@Command(
    name = "replay",
    description = {
      "Tries dead letters of a flow run again, from the step on that gave them up.",
      "All that can be, unless some are named. Tasks that completed keep their results."
    },
    footer = {
      "%nExamples:",
      "  penstock flow-run replay lucky-otter",
      "  penstock flow-run replay lucky-otter --letter 17 --letter 18"
    })
final class FlowRunReplay implements Callable<Integer> {
  private static final int PAGE = 500;

  private final Session session;

  @Mixin private OutputOption output = new OutputOption();
  @Mixin private RunParameter run = new RunParameter();

  @Option(
      names = "--letter",
      paramLabel = "ID",
      description = "This one, as dead-letters lists it; may be repeated.")
  private List<Long> letters = new ArrayList<>();

  @Option(names = "--step", paramLabel = "STEP", description = "Those that this step gave up.")
  private @Nullable String step;

  FlowRunReplay(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    FlowRun found = run.find(session);
    List<Long> ids = letters.isEmpty() ? replayable(found) : letters;
    if (ids.isEmpty()) {
      throw new CommandFailed(
          "flow run '"
              + found.name()
              + "' has no dead letters to replay: see penstock flow-run dead-letters "
              + found.name());
    }
    try {
      Runs.of(session).replay(found.id(), ids);
    } catch (ReplayRefused e) {
      throw new CommandFailed(String.valueOf(e.getMessage()));
    }
    Steering steering = new Steering(session, output, found);
    steering.report(found.origin().pool() != null ? null : "run it: " + steering.goOn());
    return 0;
  }

  private List<Long> replayable(FlowRun found) {
    List<Long> ids = new ArrayList<>();
    long after = 0;
    List<StoredLetter> page;
    do {
      page = Runs.of(session).letters(found.id(), after, PAGE);
      for (StoredLetter each : page) {
        after = each.id();
        if (each.replayable() && (step == null || each.letter().step().equals(step))) {
          ids.add(each.id());
        }
      }
    } while (page.size() == PAGE);
    return ids;
  }
}
