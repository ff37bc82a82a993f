package dev.penstock.cli;

import static java.util.Objects.requireNonNull;

import dev.penstock.cli.deploy.DeploymentNames;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.schedule.TimeText;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.worker.Backfill;
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
    if (parallelism < 1) {
      throw new UsageError("--parallelism must be at least 1, was " + parallelism);
    }
    Schedule rule = rule(store, deployment);
    Instant begin = TimeText.parse("--from", requireNonNull(from), rule.zone());
    Instant end = TimeText.parse("--to", requireNonNull(to), rule.zone());
    Backfill backfill = Backfill.of(store, deployment, rule, begin, end, again);
    backfill
        .refusal(session.clock().instant())
        .ifPresent(why -> {
          throw new UsageError(why);
        });
    if (backfill.isDone()) {
      throw new UsageError(
          "the runs of all ticks in this range have completed: --again runs them again");
    }
    String id = backfill.start(store, parallelism, null);
    SequencedMap<String, @Nullable Object> made = new LinkedHashMap<>();
    made.put("id", id);
    made.put("deployment", deployment.fullName());
    made.put("spec", backfill.range().text());
    made.put("leftOut", backfill.leftOut());
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
            + leftOut(backfill.leftOut()),
        made);
    return ExitCode.COMPLETED;
  }

  private static String leftOut(int ticks) {
    return switch (ticks) {
      case 0 -> "";
      case 1 -> "; 1 tick that has completed left out, --again runs it too";
      default -> "; " + ticks + " ticks that have completed left out, --again runs them too";
    };
  }

  /// The schedule whose ticks are meant: the one given, or the only one of the deployment.
  private Schedule rule(Store store, Deployment deployment) {
    List<Schedule> own = Backfill.rules(store, deployment);
    List<Schedule> given =
        options.schedules().stream().map(each -> Schedule.parse(each.spec())).toList();
    List<Schedule> candidates = given.isEmpty() ? own : given;
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
