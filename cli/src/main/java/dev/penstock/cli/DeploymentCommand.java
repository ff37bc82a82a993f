package dev.penstock.cli;

import static java.util.Objects.requireNonNull;

import dev.penstock.cli.deploy.DeployRefused;
import dev.penstock.cli.deploy.DeployedPrograms;
import dev.penstock.cli.deploy.ScheduleSpec;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.data.Home;
import dev.penstock.flow.GivenParameters;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.worker.CodeUnavailable;
import dev.penstock.flow.worker.DeploymentRuns;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `penstock deployment`: what was deployed.
@Command(
    name = "deployment",
    aliases = "deployments",
    description = "Shows, runs and changes deployments.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  penstock deployment ls",
      "  penstock deployment run ingest/nightly --param color=yellow",
      "  penstock deployment backfill ingest/nightly --cron @daily --from 2026-01-01 --to"
          + " 2026-02-01"
    },
    subcommands = {DeploymentScheduleCommand.class, BackfillCommand.class},
    mixinStandardHelpOptions = true)
final class DeploymentCommand {
  @Spec private @Nullable CommandSpec spec;

  private PrintWriter out() {
    return requireNonNull(spec).commandLine().getOut();
  }

  @Command(name = "ls", description = "Lists deployments.", mixinStandardHelpOptions = true)
  int ls(@Mixin OutputOption output) {
    Store store = LocalRuntime.store();
    List<Map<String, @Nullable Object>> rows =
        store.deployments().list().stream().map(each -> row(store, each)).toList();
    output.rows(out(), rows);
    return ExitCode.COMPLETED;
  }

  private static Map<String, @Nullable Object> row(Store store, Deployment deployment) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("name", deployment.fullName());
    row.put("version", deployment.version());
    row.put("pool", deployment.settings().target().pool());
    row.put("queue", deployment.settings().target().queue());
    row.put("status", deployment.paused() ? "PAUSED" : "READY");
    row.put("next", next(store, deployment).map(Instant::toString).orElse(null));
    return row;
  }

  private static Optional<Instant> next(Store store, Deployment deployment) {
    return store.schedules().of(deployment.id()).stream()
        .filter(schedule -> schedule.active() && !schedule.ended() && !deployment.paused())
        .flatMap(schedule -> next(schedule).stream())
        .min(Instant::compareTo);
  }

  private static Optional<Instant> next(DeploymentSchedule schedule) {
    return Schedule.parse(schedule.settings().spec()).next(schedule.last());
  }

  @Command(
      name = "inspect",
      description = "Shows a deployment with its schedules.",
      mixinStandardHelpOptions = true)
  int inspect(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Mixin OutputOption output) {
    Store store = LocalRuntime.store();
    Deployment deployment = DeploymentNames.find(store, name);
    Map<String, @Nullable Object> thing = new LinkedHashMap<>();
    thing.put("id", deployment.id());
    thing.putAll(row(store, deployment));
    thing.put("description", deployment.settings().description());
    thing.put("parameters", JsonTree.readObject(deployment.settings().parameters()));
    thing.put("tags", deployment.settings().tags());
    thing.put("jobVariables", JsonTree.readObject(deployment.settings().target().jobVariables()));
    thing.put("concurrencyLimit", deployment.settings().limit().runs());
    thing.put("collision", deployment.settings().limit().collision().name());
    thing.put(
        "code", store.codes().find(deployment.version()).map(DeploymentCommand::code).orElse(null));
    thing.put(
        "schedules",
        store.schedules().of(deployment.id()).stream()
            .map(DeploymentScheduleCommand::row)
            .toList());
    thing.put("updated", deployment.updated().toString());
    output.thing(out(), thing);
    return ExitCode.COMPLETED;
  }

  private static String code(DeployedCode code) {
    return switch (code) {
      case DeployedCode.Source source -> source.file();
      case DeployedCode.Jar jar -> jar.path() + ":" + jar.type();
      case DeployedCode.Git git -> git.path() + " of " + git.url() + " at " + git.commit();
    };
  }

  @Command(
      name = "run",
      description = "Makes a run of a deployment, for a worker to take.",
      mixinStandardHelpOptions = true)
  int run(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Option(
              names = "--param",
              paramLabel = "NAME=VALUE",
              description = "Over the parameters of the deployment; may be repeated.")
          @Nullable List<String> parameters,
      @Option(names = "--tag", paramLabel = "TAG", description = "A tag; may be repeated.")
          @Nullable List<String> tags,
      @Option(
              names = "--start-at",
              paramLabel = "TIME",
              description = "Not before this time; at once if not said.")
          @Nullable String due,
      @Option(
              names = "--idempotency-key",
              paramLabel = "KEY",
              description = "What is run again with the same key is the same run.")
          @Nullable String key,
      @Mixin OutputOption output) {
    Store store = LocalRuntime.store();
    Deployment deployment = DeploymentNames.find(store, name);
    String json = json(store, deployment, parameters == null ? List.of() : parameters);
    FlowRun run =
        new DeploymentRuns(store)
            .create(
                deployment,
                json,
                tags == null ? List.of() : tags,
                due == null ? null : ScheduleSpec.time("--start-at", due, ZoneOffset.UTC),
                key);
    Map<String, Object> thing = new LinkedHashMap<>();
    thing.put("id", run.id());
    thing.put("name", run.name());
    thing.put("deployment", deployment.fullName());
    output.done(
        out(),
        "Created flow run '"
            + run.name()
            + "' ("
            + run.id()
            + ") in work pool "
            + deployment.settings().target().pool(),
        thing);
    return ExitCode.COMPLETED;
  }

  /// The parameters, checked by the code itself.
  private static String json(Store store, Deployment deployment, List<String> parameters) {
    try {
      DeployedCode code = store.codes().find(deployment.version()).orElseThrow();
      return JsonTree.write(
          new DeployedPrograms(Home.directory())
              .flow(code, deployment.flow())
              .complete(deployment.settings().parameters(), GivenParameters.of(parameters)));
    } catch (CodeUnavailable e) {
      throw new DeployRefused(
          "the parameters cannot be checked without the code: " + e.getMessage());
    }
  }

  @Command(
      name = "pause",
      description = "Lets the schedules of a deployment stand still.",
      mixinStandardHelpOptions = true)
  int pause(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Mixin OutputOption output) {
    return paused(name, true, output);
  }

  @Command(
      name = "resume",
      description = "Lets the schedules of a deployment go on, with the ticks that come.",
      mixinStandardHelpOptions = true)
  int resume(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Mixin OutputOption output) {
    return paused(name, false, output);
  }

  private int paused(String name, boolean paused, OutputOption output) {
    Store store = LocalRuntime.store();
    Deployment deployment = DeploymentNames.find(store, name);
    store.deployments().pause(deployment.id(), paused);
    output.done(
        out(),
        (paused ? "Paused " : "Resumed ") + deployment.fullName(),
        Map.of("deployment", deployment.fullName(), "paused", paused));
    return ExitCode.COMPLETED;
  }

  @Command(
      name = "delete",
      aliases = "rm",
      description = "Deletes a deployment and its schedules; its runs stay.",
      mixinStandardHelpOptions = true)
  int delete(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Mixin OutputOption output) {
    Store store = LocalRuntime.store();
    Deployment deployment = DeploymentNames.find(store, name);
    store.deployments().delete(deployment.id());
    output.done(
        out(),
        "Deleted " + deployment.fullName(),
        Map.of("deployment", deployment.fullName(), "deleted", true));
    return ExitCode.COMPLETED;
  }
}
