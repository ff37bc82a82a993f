package dev.penstock.server;

import dev.penstock.flow.FlowMethod;
import dev.penstock.flow.FlowMethods;
import dev.penstock.flow.GivenParameters;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.MethodProgram;
import dev.penstock.flow.engine.EngineSettings;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Lease;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.SlotDemand;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.flow.store.TaskRuns;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.vault.Vault;
import dev.penstock.flow.worker.DeploymentRuns;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A server over a store of its own, and an engine whose runs it shows.
final class Town implements AutoCloseable {
  final Store store;
  final Vault vault;
  final ResultFiles files;
  final PenstockServer server;
  private final RunEngine engine;
  private final HttpClient client = HttpClient.newHttpClient();

  Town(Path directory) {
    this(directory, StoreUrl.file(directory.resolve("penstock.db")));
  }

  Town(Path directory, StoreUrl url) {
    store = Store.open(url);
    engine = new RunEngine(store, EngineSettings.of("test", _ -> {}));
    vault = Vault.of(store, directory, Map.of());
    files = new ResultFiles(directory.resolve("results"));
    server =
        PenstockServer.start(new ServerAddress("127.0.0.1", 0), store, vault, files, Town::check);
  }

  /// Runs a flow of [Shop] to its end.
  FlowEnd run(String method, String parameters) throws InterruptedException {
    return engine.runHere(
        program(method), FlowRun.Call.of(parameters, List.of("nightly")), "shop.java");
  }

  /// Goes on with a run of a flow of [Shop], whoever has made it.
  FlowEnd goOn(String run, String method) throws InterruptedException {
    return engine.runHere(run, program(method));
  }

  private static MethodProgram program(String method) {
    return new MethodProgram(
        FlowMethods.of(Shop.class).stream()
            .filter(each -> each.member().getName().equals(method))
            .findFirst()
            .orElseThrow());
  }

  private static String check(Deployment deployment, Map<String, String> texts) {
    FlowMethod flow = method(deployment.flow());
    Map<String, Object> given = new LinkedHashMap<>();
    flow.parameters().some(new GivenParameters(texts, List.of())).forEach(given::put);
    return JsonTree.write(given);
  }

  private static FlowMethod method(String flow) {
    return FlowMethods.of(Shop.class).stream()
        .filter(each -> each.name().equals(flow))
        .findFirst()
        .orElseThrow();
  }

  /// Deploys the flow that ingests, with the schema of its parameters.
  Deployment deploy() {
    return deploy("nightly");
  }

  Deployment deploy(String name) {
    store.workPools().create("default", WorkPool.Type.PROCESS, null);
    Deployment.Settings settings =
        new Deployment.Settings(
            "Every night",
            "{\"color\": \"green\"}",
            JsonTree.write(method("Ingest prices").parameters().jsonSchema()),
            List.of("nightly"),
            Deployment.Target.in("default"),
            Deployment.Limit.NONE);
    return store
        .deployments()
        .deploy(
            "Ingest prices",
            name,
            new DeployedCode.Source("v1", "shop.java", ""),
            settings,
            List.of());
  }

  /// A run of the deployment that somebody has taken, and that holds a slot of a tag.
  FlowRun hold(Deployment deployment, String tag) {
    FlowRun run = new DeploymentRuns(store).create(deployment, "{}", List.of(), null, null);
    Lease lease = take(run);
    begin(lease, run.id() + "-upsert", 0, tag, 1);
    int all = store.limits().find(LimitKey.tag(tag)).map(use -> use.limit().slots()).orElse(1);
    begin(lease, run.id() + "-next", 1, tag, all);
    return run;
  }

  /// What the pipeline of the run of [Shop#ingest] that ended last has done, as if it were behind.
  ///
  /// @param lag by so many records
  String figures(long lag) {
    TaskRun loaded =
        store.search().newestTaskRuns(null, StateName.COMPLETED, 10).stream()
            .filter(task -> task.key().name().equals("load-0"))
            .findFirst()
            .orElseThrow();
    Map<String, Object> figures = new LinkedHashMap<>(JsonTree.readObject(loaded.summary()));
    figures.put("lag", lag);
    return JsonTree.write(figures);
  }

  /// A run of the deployment that somebody has taken, in which a pipeline runs.
  ///
  /// @param figures of the pipeline, JSON
  FlowRun pump(Deployment deployment, String figures) {
    FlowRun run = new DeploymentRuns(store).create(deployment, "{}", List.of(), null, null);
    Lease lease = take(run);
    TaskRun.Key key = new TaskRun.Key(run.id(), 0, "000000", "load-0", "load", null);
    String id = run.id() + "-load";
    store
        .taskRuns()
        .move(
            lease,
            new TaskRuns.TaskMove(
                id, key, List.of(), 1, StateName.RUNNING, "", null, null, null, figures));
    return run;
  }

  private Lease take(FlowRun run) {
    Lease lease =
        store.flowRuns().take(run.id(), "south-2", Duration.ofMinutes(10)).orElseThrow().lease();
    store.flowRuns().begin(lease, "v1");
    return lease;
  }

  private void begin(Lease lease, String id, int number, String tag, int slots) {
    String name = "upsert-" + number;
    TaskRun.Key key = new TaskRun.Key(lease.run(), 0, "00000" + number, name, "upsert", null);
    StateName state = number == 0 ? StateName.RUNNING : StateName.AWAITING_CONCURRENCY_SLOT;
    store
        .taskRuns()
        .move(
            lease,
            new TaskRuns.TaskMove(id, key, List.of(tag), 1, state, "", null, null, null, null));
    store
        .limits()
        .acquire(
            lease,
            id,
            "task run '" + name + "'",
            List.of(new SlotDemand(LimitKey.tag(tag), slots)));
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  HttpResponse<String> get(String path) {
    return send(to(path).GET());
  }

  /// Sends a form as a browser on a page of the server does.
  HttpResponse<String> post(String path, String form) {
    return send(
        to(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", server.url())
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpClient client() {
    return client;
  }

  @Override
  public void close() {
    server.close();
    engine.close();
    store.close();
    client.close();
  }
}
