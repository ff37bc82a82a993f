package dev.penstock.cli;

import dev.penstock.cli.deploy.DeployRefused;
import dev.penstock.cli.deploy.DeployedPrograms;
import dev.penstock.cli.deploy.DeploymentNames;
import dev.penstock.cli.runs.Watching;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.GivenParameters;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.schedule.TimeText;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.worker.CodeUnavailable;
import dev.penstock.flow.worker.DeploymentRuns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock deployment`: what was deployed.
@Command(
    name = "deployment",
    aliases = "deployments",
    description = "Shows, runs and changes deployments.",
    footer = {
      "%nExamples:",
      "  penstock deployment ls",
      "  penstock deployment run ingest/nightly --param color=yellow",
      "  penstock deployment backfill ingest/nightly --cron @daily --from 2026-01-01 --to"
          + " 2026-02-01"
    },
    subcommands = {DeploymentScheduleCommand.class, BackfillCommand.class})
final class DeploymentCommand {
  private final Session session;

  DeploymentCommand(Session session) {
    this.session = session;
  }

  @Command(name = "ls", description = "Lists deployments.")
  void ls(@Mixin OutputOption output) {
    Store store = session.store();
    Listing.<Deployment>of(
            session,
            "nothing is deployed yet; penstock deploy FILE --name NAME does it",
            deployment -> json(store, deployment),
            "name",
            "version",
            "pool",
            "queue",
            "status",
            "next")
        .print(session, output, store.deployments().list());
  }

  private static SequencedMap<String, @Nullable Object> json(Store store, Deployment deployment) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", deployment.fullName());
    json.put("version", deployment.version());
    json.put("pool", deployment.settings().target().pool());
    json.put("queue", deployment.settings().target().queue());
    json.put("status", deployment.paused() ? "PAUSED" : "READY");
    json.put("next", next(store, deployment).orElse(null));
    return json;
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

  @Command(name = "inspect", description = "Shows a deployment with its schedules.")
  void inspect(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Mixin OutputOption output) {
    Store store = session.store();
    Deployment deployment = DeploymentNames.find(session, name);
    SequencedMap<String, @Nullable Object> thing = new LinkedHashMap<>();
    thing.put("id", deployment.id());
    thing.putAll(json(store, deployment));
    thing.put("description", deployment.settings().description());
    thing.put("parameters", JsonTree.readObject(deployment.settings().parameters()));
    thing.put("tags", deployment.settings().tags());
    thing.put("jobVariables", JsonTree.readObject(deployment.settings().target().jobVariables()));
    thing.put("concurrencyLimit", deployment.settings().limit().runs());
    thing.put("collision", deployment.settings().limit().collision().name());
    thing.put("collision_grace", deployment.settings().limit().grace().toString());
    thing.put(
        "code", store.codes().find(deployment.version()).map(DeploymentCommand::code).orElse(null));
    thing.put(
        "schedules",
        store.schedules().of(deployment.id()).stream()
            .map(DeploymentScheduleCommand::json)
            .toList());
    thing.put("updated", deployment.updated());
    output.thing(session.out(), thing);
  }

  private static String code(DeployedCode code) {
    return switch (code) {
      case DeployedCode.Source source -> source.file();
      case DeployedCode.Jar jar -> jar.path() + ":" + jar.type();
      case DeployedCode.Git git -> git.path() + " of " + git.url() + " at " + git.commit();
    };
  }

  @Command(name = "run", description = "Makes a run of a deployment, for a worker to take.")
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
      @Option(
              names = "--watch",
              description = "Shows where the run is until it is over; 1 unless it has completed.")
          boolean watch,
      @Mixin OutputOption output)
      throws InterruptedException {
    Store store = session.store();
    Deployment deployment = DeploymentNames.find(session, name);
    String json = json(store, deployment, parameters == null ? List.of() : parameters);
    FlowRun run =
        new DeploymentRuns(store)
            .create(
                deployment,
                json,
                tags == null ? List.of() : tags,
                due == null ? null : TimeText.parse("--start-at", due, ZoneOffset.UTC),
                key);
    SequencedMap<String, Object> thing = new LinkedHashMap<>();
    thing.put("id", run.id());
    thing.put("name", run.name());
    thing.put("deployment", deployment.fullName());
    output.done(
        session.out(),
        "Created flow run '"
            + run.name()
            + "' ("
            + run.id()
            + ") in work pool "
            + deployment.settings().target().pool(),
        thing);
    return !watch || new Watching(session, output).untilOver(run)
        ? ExitCode.COMPLETED
        : ExitCode.FAILED;
  }

  /// The parameters, checked by the code itself.
  private String json(Store store, Deployment deployment, List<String> parameters) {
    try {
      DeployedCode code = store.codes().find(deployment.version()).orElseThrow();
      return JsonTree.write(
          new DeployedPrograms(session.home())
              .flow(code, deployment.flow())
              .complete(deployment.settings().parameters(), GivenParameters.of(parameters)));
    } catch (CodeUnavailable e) {
      throw new DeployRefused(
          "the parameters cannot be checked without the code: " + e.getMessage());
    }
  }

  @Command(name = "pause", description = "Lets the schedules of a deployment stand still.")
  void pause(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Mixin OutputOption output) {
    Deployment deployment = DeploymentNames.find(session, name);
    session.store().deployments().pause(deployment.id(), true);
    done(output, "Paused", deployment);
  }

  @Command(
      name = "resume",
      description = "Lets the schedules of a deployment go on, with the ticks that come.")
  void resume(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Mixin OutputOption output) {
    Deployment deployment = DeploymentNames.find(session, name);
    session.store().deployments().pause(deployment.id(), false);
    done(output, "Resumed", deployment);
  }

  @Command(
      name = "delete",
      aliases = "rm",
      description = "Deletes a deployment and its schedules; its runs stay.")
  void delete(
      @Parameters(paramLabel = "FLOW/NAME", description = "The deployment.") String name,
      @Mixin OutputOption output) {
    Deployment deployment = DeploymentNames.find(session, name);
    session.store().deployments().delete(deployment.id());
    done(output, "Deleted", deployment);
  }

  private void done(OutputOption output, String verb, Deployment deployment) {
    DeploymentNames.noun(session).done(output, verb, deployment.fullName());
  }
}
