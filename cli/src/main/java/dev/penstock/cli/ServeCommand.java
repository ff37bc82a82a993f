package dev.penstock.cli;

import static java.util.Objects.requireNonNull;

import dev.penstock.cli.deploy.CodeOrigin;
import dev.penstock.cli.deploy.DeployedPrograms;
import dev.penstock.cli.deploy.DeploymentRequest;
import dev.penstock.data.Home;
import dev.penstock.data.Profiles;
import dev.penstock.flow.GivenParameters;
import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.worker.WorkerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock flow serve`: schedules a flow and runs it, in one process.
@Command(
    name = "serve",
    description = {
      "Deploys a flow to a work pool of its own, and runs what is scheduled or asked for,",
      "in this process, until it is told to end."
    },
    footerHeading = "%nExamples:%n",
    footer = "  penstock flow serve taxi.java --cron \"*/15 * * * *\" --param color=green")
final class ServeCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE[:FLOW]", description = "A source file.")
  private @Nullable String entrypoint;

  @Option(names = "--name", paramLabel = "NAME", description = "Of the deployment; serve.")
  private String name = "serve";

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "What its runs are called with unless told otherwise; may be repeated.")
  private List<String> parameters = new ArrayList<>();

  @Option(names = "--tag", paramLabel = "TAG", description = "A tag of its runs; may be repeated.")
  private List<String> tags = new ArrayList<>();

  @Option(names = "--limit", paramLabel = "N", description = "How many runs at once; 4.")
  private int limit = 4;

  @Mixin private ScheduleOptions schedules = new ScheduleOptions();

  @Override
  public Integer call() {
    DeployedPrograms programs = new DeployedPrograms(Home.directory());
    CodeOrigin origin = CodeOrigin.parse(requireNonNull(entrypoint), null);
    String flow = origin.find(programs, Home.directory()).flow().flow();
    String pool = flow + "-" + name;
    Deployment.Settings settings =
        new Deployment.Settings(
            "", "{}", null, tags, Deployment.Target.in(pool), Deployment.Limit.NONE);
    DeploymentRequest request =
        new DeploymentRequest(
            name,
            origin,
            settings,
            new DeploymentRequest.Texts(GivenParameters.of(parameters)),
            schedules.schedules(),
            requireNonNull(entrypoint));
    DeploymentRequest.Ready ready = request.ready(programs, Home.directory());
    Store store = LocalRuntime.store();
    store.workPools().create(pool, WorkPool.Type.INLINE, null);
    Deployment deployment = ready.deploy(store);
    System.err.println(
        "Serving "
            + deployment.fullName()
            + "; penstock deployment run "
            + deployment.fullName()
            + " makes a run of it");
    WorkerSettings worker =
        WorkerCommand.settings(pool, pool, List.of(), limit, WorkerSettings.Times.DEFAULT);
    return new WorkerProcess(
            () -> LocalRuntime.open(Profiles.settingsOfProcess(), Home.directory()), worker)
        .run(WorkPool.Type.INLINE);
  }
}
