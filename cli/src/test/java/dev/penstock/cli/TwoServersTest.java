package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.Flow;
import dev.penstock.flow.FlowMethods;
import dev.penstock.flow.Flows;
import dev.penstock.flow.MethodProgram;
import dev.penstock.flow.engine.EngineSettings;
import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.remote.RemoteStore;
import dev.penstock.flow.remote.ServerUrl;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.ClaimRequest;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.RunLogs;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUnavailable;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.pipeline.run.RunClock;
import dev.penstock.testkit.Postgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers on one PostgreSQL, one of which is killed while runs go on, schedules tick and
/// somebody looks.
class TwoServersTest {
  private static final int TASKS = Boolean.getBoolean("penstock.long") ? 3000 : 300;
  private static final String POOL = "etl";
  private static final Pattern ADDRESS = Pattern.compile("Penstock is at http://127.0.0.1:(\\d+)");
  private static final Pattern LINE = Pattern.compile("said (\\d+)<");

  @TempDir private Path directory;

  /// A flow of many tasks, each of which says its number.
  static final class Counting {
    private final AtomicIntegerArray done = new AtomicIntegerArray(TASKS);
    private final AtomicInteger last = new AtomicInteger();

    @Flow
    int count() throws Exception {
      for (int i = 0; i < TASKS; i++) {
        int number = i;
        Flows.task("say")
            .call(() -> {
              Flows.log.info("said " + number);
              last.set(number);
              return done.incrementAndGet(number);
            });
      }
      return TASKS;
    }
  }

  @Test
  void nothingIsLostAndNothingDoneTwiceWhenOneIsKilled() throws Exception {
    String url = Postgres.newDatabase("servers");
    try (Store store = Store.open(new StoreUrl(url));
        PenstockProcesses processes =
            new PenstockProcesses(directory, Map.of("PENSTOCK_STORE", url))) {
      Process one = serve(processes, "one");
      serve(processes, "two");
      int first = port("one");
      int second = port("two");
      schedule(store);
      FlowRun run = run(store);
      Counting flow = new Counting();
      try (Forwarder forwarder = new Forwarder(first)) {
        Thread worker = Thread.ofVirtual().start(() -> work(forwarder.port(), flow));
        CompletableFuture<List<Integer>> viewed =
            CompletableFuture.supplyAsync(() -> view(forwarder.port(), run));
        await(() -> flow.last.get() > TASKS / 3);
        PenstockProcesses.kill(one);
        forwarder.to(second);
        await(() -> store.flowRuns().find(run.id()).orElseThrow().state().type().isFinal());
        worker.interrupt();
        worker.join();
        assertRun(store, run, flow);
        assertThat(viewed.get()).containsExactlyElementsOf(numbers(store.logs(), run));
        assertThat(viewed.get()).containsAll(IntStream.range(0, TASKS).boxed().toList());
      }
      assertTicks(store);
    }
  }

  private Process serve(PenstockProcesses processes, String name) throws Exception {
    return processes.start(
        directory.resolve(name + ".out"),
        directory.resolve(name + ".err"),
        "server",
        "start",
        "--port",
        "0");
  }

  private int port(String name) throws Exception {
    Path out = directory.resolve(name + ".out");
    await(() -> Files.exists(out) && ADDRESS.matcher(Files.readString(out)).find());
    Matcher address = ADDRESS.matcher(Files.readString(out));
    assertThat(address.find()).isTrue();
    return Integer.parseInt(address.group(1));
  }

  private static void schedule(Store store) {
    store.workPools().create("nobody", WorkPool.Type.PROCESS, null);
    store
        .deployments()
        .deploy(
            "ticks",
            "often",
            new DeployedCode.Source("v1", "ticks.java", ""),
            Deployment.Settings.in("nobody"),
            List.of(
                new NewSchedule(
                    "interval PT1S anchor=2026-01-01T00:00:00Z",
                    "{}",
                    "ALL",
                    null,
                    Duration.ZERO)));
  }

  private static FlowRun run(Store store) {
    store.workPools().create(POOL, WorkPool.Type.INLINE, null);
    FlowRun.Origin origin = new FlowRun.Origin("count", null, POOL, "default", 0, "v1", null);
    return store
        .flowRuns()
        .create(
            new NewFlowRun(
                "0199a000-0000-7000-8000-000000000001",
                "quiet-otter",
                origin,
                FlowRun.Call.of("{}", List.of()),
                null));
  }

  /// What a worker does that has only the URL: it takes runs, and those that it has lost again.
  private static void work(int port, Counting flow) {
    MethodProgram program = new MethodProgram(FlowMethods.of(Counting.class).getFirst(), flow);
    EngineSettings settings =
        new EngineSettings(
            "worker", Duration.ofSeconds(15), Duration.ofMillis(500), RunClock.SYSTEM, _ -> {});
    ServerUrl url = ServerUrl.of("http://127.0.0.1:" + port, null);
    ClaimRequest request =
        new ClaimRequest("worker", POOL, List.of(), List.of(), 1, settings.lease());
    try (Store remote = RemoteStore.of(url, Duration.ofSeconds(20));
        RunEngine engine = new RunEngine(remote, settings)) {
      while (!Thread.interrupted()) {
        try {
          for (Claimed claimed : remote.flowRuns().claim(request)) {
            engine.run(claimed, program);
          }
          Thread.sleep(50);
        } catch (StoreUnavailable e) {
          // it was asked while a server died: the run is taken again when its lease is over
        }
      }
    } catch (InterruptedException e) {
      // told to end
    }
  }

  /// The numbers that somebody sees who looks at the run, and comes back when the connection broke.
  private static List<Integer> view(int port, FlowRun run) {
    List<Integer> seen = new ArrayList<>();
    String id = "0";
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (true) {
        HttpRequest request =
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + port + "/runs/" + run.id() + "/events"))
                .header("Last-Event-ID", id)
                .build();
        try (Stream<String> lines =
            client.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
          String next = id;
          for (String line : (Iterable<String>) lines::iterator) {
            if (line.equals("event: over")) {
              return seen;
            }
            if (line.startsWith("id: ")) {
              next = line.substring("id: ".length());
            }
            Matcher number = LINE.matcher(line);
            while (line.startsWith("data:") && number.find()) {
              seen.add(Integer.valueOf(number.group(1)));
            }
            if (line.isEmpty()) {
              id = next; // an event that came whole
            }
          }
        } catch (java.io.IOException | java.io.UncheckedIOException e) {
          Thread.sleep(100); // a browser waits two seconds
        }
      }
    } catch (InterruptedException e) {
      return seen;
    }
  }

  private static List<Integer> numbers(RunLogs logs, FlowRun run) {
    Pattern said = Pattern.compile("said (\\d+)");
    return Stream.iterate(
            logs.of(run.id(), 0, 1000),
            page -> !page.isEmpty(),
            page -> logs.of(run.id(), page.getLast().id(), 1000))
        .flatMap(List::stream)
        .map(line -> said.matcher(line.text()))
        .filter(Matcher::matches)
        .map(found -> Integer.valueOf(found.group(1)))
        .toList();
  }

  private static void assertRun(Store store, FlowRun run, Counting flow) {
    FlowRun ended = store.flowRuns().find(run.id()).orElseThrow();
    assertThat(ended.state().name()).isEqualTo(StateName.COMPLETED);
    assertThat(ended.result()).isEqualTo(String.valueOf(TASKS));
    List<TaskRun> tasks = new ArrayList<>();
    for (String from = ""; ; from = tasks.getLast().key().path() + "!") {
      List<TaskRun> page = store.taskRuns().of(run.id(), 0, from, 1000);
      if (page.isEmpty()) {
        break;
      }
      tasks.addAll(page);
    }
    assertThat(tasks)
        .hasSize(TASKS)
        .allSatisfy(task -> assertThat(task.state().name()).isEqualTo(StateName.COMPLETED));
    int more = IntStream.range(0, TASKS).map(i -> flow.done.get(i)).sum() - TASKS;
    assertThat(more).as("tasks in hand when the server died").isBetween(0, 1);
  }

  /// Each tick since the first has its run, and no tick has two.
  private static void assertTicks(Store store) throws Exception {
    Instant killed = Instant.now();
    RunFilter ticks =
        new RunFilter(List.of("ticks"), List.of(), List.of(), List.of(), null, null, null, null);
    await(() -> store.flowRuns().list(ticks, Page.first(1000)).getFirst().due().isAfter(killed));
    List<Instant> dues =
        store.flowRuns().list(ticks, Page.first(1000)).stream().map(FlowRun::due).sorted().toList();
    assertThat(dues).hasSizeGreaterThan(2).doesNotHaveDuplicates();
    assertThat(Duration.between(dues.getFirst(), dues.getLast()).toSeconds())
        .isEqualTo(dues.size() - 1);
  }

  /// Something that comes to hold.
  @FunctionalInterface
  private interface Holds {
    boolean now() throws Exception;
  }

  private static void await(Holds what) throws Exception {
    Instant end = Instant.now().plusSeconds(120);
    while (!what.now()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(20);
    }
  }
}
