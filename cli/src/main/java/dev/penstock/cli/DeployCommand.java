package dev.penstock.cli;

import static java.util.Objects.requireNonNull;

import dev.penstock.cli.deploy.CodeOrigin;
import dev.penstock.cli.deploy.DeployedPrograms;
import dev.penstock.cli.deploy.DeploymentFile;
import dev.penstock.cli.deploy.DeploymentRequest;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.data.Home;
import dev.penstock.data.ParameterParser;
import dev.penstock.flow.GivenParameters;
import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.store.WorkQueue;
import dev.penstock.flow.worker.JobVariables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `penstock deploy`: makes a flow something that workers run.
@Command(
    name = "deploy",
    description = {
      "Deploys a flow, or all deployments of a penstock.yaml.",
      "The code is pinned as it is now; deploy again to have runs begin with newer code."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  penstock deploy taxi.java --name nightly --cron \"0 6 * * *\" --param color=green",
      "  penstock deploy jobs/ingest.java:ingest --name hourly --interval 1h --pool etl",
      "  penstock deploy jobs.jar:com.example.Jobs#ingest --name nightly",
      "  penstock deploy ingest.java --git https://example.com/jobs.git --ref main --name nightly",
      "  penstock deploy penstock.yaml"
    })
final class DeployCommand implements Callable<Integer> {
  private static final Path FILE = Path.of("penstock.yaml");

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE[:FLOW]",
      description = "A source file, a jar with :CLASS[#FLOW], or a .yaml file; penstock.yaml.")
  private @Nullable String entrypoint;

  @Option(names = "--name", paramLabel = "NAME", description = "Its name beside that of the flow.")
  private @Nullable String name;

  @Option(names = "--git", paramLabel = "URL", description = "The file is in this repository.")
  private @Nullable String git;

  @Option(names = "--ref", paramLabel = "REF", description = "A branch, tag or commit; HEAD.")
  private String ref = "HEAD";

  @Option(names = "--pool", paramLabel = "POOL", description = "Where its runs wait; default.")
  private String pool = WorkPool.DEFAULT;

  @Option(names = "--queue", paramLabel = "QUEUE", description = "Which queue of it; default.")
  private String queue = WorkQueue.DEFAULT;

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "What its runs are called with unless told otherwise; may be repeated.")
  private List<String> parameters = new ArrayList<>();

  @Option(names = "--tag", paramLabel = "TAG", description = "A tag of its runs; may be repeated.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--job-variable",
      paramLabel = "NAME=VALUE",
      description = "javaOptions, or env.NAME for the environment of its runs; may be repeated.")
  private Map<String, String> jobVariables = new LinkedHashMap<>();

  @Option(
      names = "--concurrency-limit",
      paramLabel = "N",
      description = "How many of its runs may run at once.")
  private @Nullable Integer limit;

  @Option(
      names = "--collision",
      paramLabel = "enqueue|cancel_new|fail",
      description = "What becomes of a run that finds the limit reached; enqueue.")
  private Deployment.Collision collision = Deployment.Collision.ENQUEUE;

  @Option(
      names = "--collision-grace",
      paramLabel = "TIME",
      description = "How long such a run waits before it is cancelled or fails: 30s; 0s.")
  private String grace = "0s";

  @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
  private String description = "";

  @Mixin private ScheduleOptions schedules = new ScheduleOptions();

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    List<DeploymentRequest> requests = requests();
    DeployedPrograms programs = new DeployedPrograms(Home.directory());
    List<DeploymentRequest.Ready> ready =
        requests.stream().map(request -> request.ready(programs, Home.directory())).toList();
    for (DeploymentRequest.Ready each : ready) {
      Deployment made = each.deploy(LocalRuntime.store());
      SequencedMap<String, Object> thing = new LinkedHashMap<>();
      thing.put("deployment", made.fullName());
      thing.put("id", made.id());
      thing.put("version", made.version());
      thing.put("pool", made.settings().target().pool());
      output.done(
          requireNonNull(spec).commandLine().getOut(),
          "Deployed "
              + made.fullName()
              + ", version "
              + made.version()
              + ", to work pool "
              + made.settings().target().pool(),
          thing);
    }
    return ExitCode.COMPLETED;
  }

  private List<DeploymentRequest> requests() {
    if (entrypoint == null && !Files.exists(FILE)) {
      throw new UsageError("say what to deploy: there is no penstock.yaml here");
    }
    String what = entrypoint == null ? FILE.toString() : entrypoint;
    if (what.endsWith(".yaml") || what.endsWith(".yml")) {
      return DeploymentFile.read(Path.of(what));
    }
    if (name == null) {
      throw new UsageError("give the deployment a --name, such as --name nightly");
    }
    CodeOrigin.Repository repository = git == null ? null : new CodeOrigin.Repository(git, ref);
    JobVariables.of(jobVariables);
    Deployment.Settings settings =
        new Deployment.Settings(
            description,
            "{}",
            null,
            tags,
            new Deployment.Target(pool, queue, JobVariables.write(jobVariables)),
            new Deployment.Limit(
                limit, collision, (Duration) ParameterParser.parse(grace, Duration.class)));
    return List.of(
        new DeploymentRequest(
            name,
            CodeOrigin.parse(what, repository),
            settings,
            new DeploymentRequest.Texts(GivenParameters.of(parameters)),
            schedules.schedules(),
            what));
  }
}
