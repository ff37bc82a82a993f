package dev.penstock.cli.runs;

import dev.penstock.cli.session.LimitOption;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.cli.session.SinceConverter;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.RunFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `penstock flow-run ls`.
@Command(
    name = "ls",
    description = "Lists flow runs, the newest first.",
    footer = {
      "%nExamples:",
      "  penstock flow-run ls --flow ingest --limit 5",
      "  penstock flow-run ls --state Failed --state Crashed --since 1d --output json"
    })
final class FlowRunLs implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();

  @Option(names = "--flow", paramLabel = "FLOW", description = "Of this flow; may be repeated.")
  private List<String> flows = new ArrayList<>();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      converter = StateConverter.class,
      description = "In this state, such as Failed; may be repeated.")
  private List<StateName> states = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "With this tag; may be repeated, then with all of them.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "With this in its name, or in that of its flow.")
  private @Nullable String text;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "Made since then: 2h, 7d, 2025-11-30, 2025-11-30T17:05:00Z.")
  private @Nullable Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "Made before then; as --since.")
  private @Nullable Instant until;

  @Mixin private LimitOption limit = new LimitOption();

  FlowRunLs(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    RunFilter filter = new RunFilter(flows, List.of(), states, tags, text, null, since, until);
    List<FlowRun> runs = Runs.of(session).list(filter, limit.rows());
    FlowRunText.listing(session).print(session, output, runs);
    return 0;
  }
}
