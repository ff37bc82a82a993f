package dev.penstock.cli;

import dev.penstock.cli.deploy.DeploymentNames;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.Members;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.worker.Backfill;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `penstock deployment schedule`: when a deployment runs by itself.
@Command(
    name = "schedule",
    description = "Shows and changes the schedules of a deployment.",
    footer = {
      "%nExamples:",
      "  penstock deployment schedule ls ingest/nightly",
      "  penstock deployment schedule add ingest/nightly --cron \"0 6 * * MON-FRI\""
    })
final class DeploymentScheduleCommand {
  private final Session session;

  DeploymentScheduleCommand(Session session) {
    this.session = session;
  }

  static SequencedMap<String, @Nullable Object> json(DeploymentSchedule schedule) {
    Schedule rule = Schedule.parse(schedule.settings().spec());
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", DeploymentNames.shortId(schedule));
    json.put("schedule", (schedule.backfill() ? backfill(schedule) : "") + rule.describe());
    json.put("spec", schedule.settings().spec());
    json.put("status", schedule.ended() ? "ENDED" : schedule.active() ? "ACTIVE" : "PAUSED");
    json.put("catchUp", schedule.settings().catchUp());
    json.put("maxActive", schedule.settings().maxActive());
    json.put("next", rule.next(schedule.last()).orElse(null));
    return json;
  }

  private static String backfill(DeploymentSchedule schedule) {
    Backfill.Progress progress = Backfill.Progress.of(schedule);
    return "backfill from %s to %s, %d at once, %d of %d ticks begun: "
        .formatted(
            progress.from(),
            progress.to(),
            schedule.settings().maxActive(),
            progress.begun(),
            progress.ticks());
  }

  @Command(name = "ls", description = "Lists them.")
  void ls(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Mixin OutputOption output) {
    Deployment deployment = DeploymentNames.find(session, name);
    Listing.of(
            session,
            deployment.fullName() + " has no schedule",
            DeploymentScheduleCommand::json,
            "id",
            "schedule",
            "status",
            "catchUp",
            "next")
        .print(session, output, session.store().schedules().of(deployment.id()));
  }

  @Command(name = "add", description = "Adds schedules; the first tick is the next one from now.")
  void add(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Mixin ScheduleOptions options,
      @Mixin OutputOption output) {
    Deployment deployment = DeploymentNames.find(session, name);
    List<NewSchedule> wanted = options.schedules();
    if (wanted.isEmpty()) {
      throw new UsageError("say when: --cron, --interval or --rrule");
    }
    for (NewSchedule each : wanted) {
      String id = session.store().schedules().add(deployment.id(), each);
      output.done(
          session.out(),
          "Added schedule " + DeploymentNames.shortId(id) + ": " + each.spec(),
          Members.of("id", id, "spec", each.spec()));
    }
  }

  @Command(name = "rm", aliases = "delete", description = "Deletes a schedule, or ends a backfill.")
  void rm(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Parameters(paramLabel = "ID", description = "The schedule.") String id,
      @Mixin OutputOption output) {
    DeploymentSchedule schedule = find(name, id);
    session.store().schedules().delete(schedule.id());
    output.done(
        session.out(), "Deleted schedule " + id, Members.of("id", schedule.id(), "deleted", true));
  }

  @Command(name = "pause", description = "Stops a schedule.")
  void pause(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Parameters(paramLabel = "ID", description = "The schedule.") String id,
      @Mixin OutputOption output) {
    activate(find(name, id), false);
    output.done(session.out(), "Paused schedule " + id, Members.of("id", id, "active", false));
  }

  @Command(name = "resume", description = "Lets a schedule go on, with the ticks that come.")
  void resume(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Parameters(paramLabel = "ID", description = "The schedule.") String id,
      @Mixin OutputOption output) {
    activate(find(name, id), true);
    output.done(session.out(), "Resumed schedule " + id, Members.of("id", id, "active", true));
  }

  private void activate(DeploymentSchedule schedule, boolean active) {
    session.store().schedules().activate(schedule.id(), active);
  }

  private DeploymentSchedule find(String name, String id) {
    return DeploymentNames.schedule(session, DeploymentNames.find(session, name), id);
  }
}
