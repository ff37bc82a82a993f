package dev.penstock.cli;

import static java.util.Objects.requireNonNull;

import dev.penstock.cli.deploy.DeploymentNames;
import dev.penstock.cli.deploy.ScheduleSpec;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.schedule.CatchUp;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.schedule.Span;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock deployment backfill`: runs the ticks of a range that has passed.
@Command(
    name = "backfill",
    description = {
      "Makes a run for each tick of a range, with its data interval, some at a time.",
      "Workers go on with it by themselves; penstock deployment inspect shows how far it is."
    },
    footer = {
      "%nExample:",
      "  penstock deployment backfill ingest/nightly --from 2026-01-01 --to 2026-02-01"
    })
final class BackfillCommand implements Callable<Integer> {
  /// Among so many ticks those are counted that have completed.
  private static final int MOST_COUNTED = 5000;

  private final Session session;

  @Parameters(index = "0", paramLabel = "FLOW/NAME", description = "The deployment.")
  private @Nullable String name;

  @Option(names = "--from", required = true, paramLabel = "TIME", description = "Inclusive.")
  private @Nullable String from;

  @Option(names = "--to", required = true, paramLabel = "TIME", description = "Exclusive.")
  private @Nullable String to;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "How many runs may be unfinished at once; 1.")
  private int parallelism = 1;

  @Option(
      names = "--again",
      description = "Also runs ticks whose run has completed; they are left out if not said.")
  private boolean again;

  @Mixin private ScheduleOptions options = new ScheduleOptions();

  @Mixin private OutputOption output = new OutputOption();

  BackfillCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Store store = session.store();
    Deployment deployment = DeploymentNames.find(session, requireNonNull(name));
    Schedule rule = Schedule.parse(rule(store, deployment).spec());
    Instant begin = ScheduleSpec.time("--from", requireNonNull(from), rule.zone());
    Instant end = ScheduleSpec.time("--to", requireNonNull(to), rule.zone());
    Schedule range = rule.within(new Span(begin, end));
    if (range.next(begin.minusNanos(1)).isEmpty()) {
      throw new UsageError("the schedule " + rule.text() + " has no tick in this range");
    }
    List<Instant> ticks = range.ticks(begin, end, MOST_COUNTED);
    int completed = again ? 0 : store.search().completed(deployment.id(), ticks).size();
    if (completed == ticks.size() && completed < MOST_COUNTED) {
      throw new UsageError(
          "the runs of all ticks in this range have completed: --again runs them again");
    }
    String catchUp = again ? CatchUp.ALL.name() : NewSchedule.MISSING;
    String id =
        store
            .schedules()
            .backfill(
                deployment.id(),
                new NewSchedule(range.text(), "{}", catchUp, parallelism, Duration.ZERO),
                begin);
    SequencedMap<String, @Nullable Object> made = new LinkedHashMap<>();
    made.put("id", id);
    made.put("deployment", deployment.fullName());
    made.put("spec", range.text());
    made.put("leftOut", completed);
    output.done(
        session.out(),
        "Backfill "
            + DeploymentNames.shortId(id)
            + " of "
            + deployment.fullName()
            + " from "
            + begin
            + " to "
            + end
            + (completed == 0
                ? ""
                : "; "
                    + completed
                    + (completed == 1 ? " tick that has" : " ticks that have")
                    + " completed left out, --again runs them too"),
        made);
    return ExitCode.COMPLETED;
  }

  /// The schedule whose ticks are meant: the one given, or the only one of the deployment.
  private NewSchedule rule(Store store, Deployment deployment) {
    List<NewSchedule> given = options.schedules();
    List<NewSchedule> own =
        store.schedules().of(deployment.id()).stream()
            .filter(schedule -> !schedule.backfill())
            .map(DeploymentSchedule::settings)
            .toList();
    List<NewSchedule> candidates = given.isEmpty() ? own : given;
    if (candidates.size() != 1) {
      throw new UsageError(
          deployment.fullName()
              + " has "
              + own.size()
              + " schedules: say which ticks are meant, with --cron, --interval or --rrule");
    }
    return candidates.getFirst();
  }
}
