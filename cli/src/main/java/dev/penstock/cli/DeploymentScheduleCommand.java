package dev.penstock.cli;

import static java.util.Objects.requireNonNull;

import dev.penstock.cli.session.OutputOption;
import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Store;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `penstock deployment schedule`: when a deployment runs by itself.
@Command(
    name = "schedule",
    description = "Shows and changes the schedules of a deployment.",
    mixinStandardHelpOptions = true)
final class DeploymentScheduleCommand {
  @Spec private @Nullable CommandSpec spec;

  private PrintWriter out() {
    return requireNonNull(spec).commandLine().getOut();
  }

  static Map<String, @Nullable Object> row(DeploymentSchedule schedule) {
    Schedule rule = Schedule.parse(schedule.settings().spec());
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("id", DeploymentNames.shortId(schedule));
    row.put("schedule", (schedule.backfill() ? "backfill: " : "") + rule.describe());
    row.put("spec", schedule.settings().spec());
    row.put("status", schedule.ended() ? "ENDED" : schedule.active() ? "ACTIVE" : "PAUSED");
    row.put("catchUp", schedule.settings().catchUp());
    row.put("maxActive", schedule.settings().maxActive());
    row.put("next", rule.next(schedule.last()).map(Instant::toString).orElse(null));
    return row;
  }

  @Command(name = "ls", description = "Lists them.", mixinStandardHelpOptions = true)
  int ls(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Mixin OutputOption output) {
    Store store = LocalRuntime.store();
    Deployment deployment = DeploymentNames.find(store, name);
    output.rows(
        out(),
        store.schedules().of(deployment.id()).stream()
            .map(DeploymentScheduleCommand::row)
            .toList());
    return ExitCode.COMPLETED;
  }

  @Command(
      name = "add",
      description = "Adds schedules; the first tick is the next one from now.",
      mixinStandardHelpOptions = true)
  int add(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Mixin ScheduleOptions options,
      @Mixin OutputOption output) {
    Store store = LocalRuntime.store();
    Deployment deployment = DeploymentNames.find(store, name);
    List<NewSchedule> wanted = options.schedules();
    if (wanted.isEmpty()) {
      throw new UsageError("say when: --cron, --interval or --rrule");
    }
    for (NewSchedule each : wanted) {
      String id = store.schedules().add(deployment.id(), each);
      output.done(
          out(),
          "Added schedule " + id.substring(id.length() - 8) + ": " + each.spec(),
          Map.of("id", id, "spec", each.spec()));
    }
    return ExitCode.COMPLETED;
  }

  @Command(
      name = "rm",
      aliases = "delete",
      description = "Deletes a schedule, or ends a backfill.",
      mixinStandardHelpOptions = true)
  int rm(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Parameters(paramLabel = "ID", description = "The schedule.") String id,
      @Mixin OutputOption output) {
    Store store = LocalRuntime.store();
    DeploymentSchedule schedule = find(store, name, id);
    store.schedules().delete(schedule.id());
    output.done(out(), "Deleted schedule " + id, Map.of("id", schedule.id(), "deleted", true));
    return ExitCode.COMPLETED;
  }

  @Command(name = "pause", description = "Stops a schedule.", mixinStandardHelpOptions = true)
  int pause(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Parameters(paramLabel = "ID", description = "The schedule.") String id,
      @Mixin OutputOption output) {
    return active(name, id, false, output);
  }

  @Command(
      name = "resume",
      description = "Lets a schedule go on, with the ticks that come.",
      mixinStandardHelpOptions = true)
  int resume(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Parameters(paramLabel = "ID", description = "The schedule.") String id,
      @Mixin OutputOption output) {
    return active(name, id, true, output);
  }

  private int active(String name, String id, boolean active, OutputOption output) {
    Store store = LocalRuntime.store();
    DeploymentSchedule schedule = find(store, name, id);
    store.schedules().activate(schedule.id(), active);
    output.done(
        out(),
        (active ? "Resumed" : "Paused") + " schedule " + id,
        Map.of("id", schedule.id(), "active", active));
    return ExitCode.COMPLETED;
  }

  private static DeploymentSchedule find(Store store, String name, String id) {
    return DeploymentNames.schedule(store, DeploymentNames.find(store, name), id);
  }
}
