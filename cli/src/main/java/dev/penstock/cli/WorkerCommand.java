package dev.penstock.cli;

import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.data.ParameterParser;
import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.UnknownName;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.store.WorkerEntry;
import dev.penstock.flow.worker.WorkerSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `penstock worker`: the processes that take runs of deployments.
@Command(
    name = "worker",
    aliases = "workers",
    description = "Starts a worker, and shows those there are.",
    footer = {"%nExample:", "  penstock worker start --pool etl --limit 8"})
final class WorkerCommand {
  private final Session session;

  WorkerCommand(Session session) {
    this.session = session;
  }

  @Command(name = "ls", description = "Lists workers.")
  void ls(@Mixin OutputOption output) {
    Listing.of(
            session,
            "there is no worker; penstock worker start starts one",
            WorkerCommand::json,
            "name",
            "pool",
            "status",
            "limit",
            "heartbeat")
        .print(session, output, session.store().workers().list());
  }

  private static SequencedMap<String, @Nullable Object> json(WorkerEntry worker) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", worker.name());
    json.put("pool", worker.pool());
    json.put("status", worker.state().name());
    json.put("limit", worker.limit());
    json.put("heartbeat", worker.heartbeat());
    json.put("process", worker.instance());
    return json;
  }

  @Command(
      name = "start",
      description = {
        "Takes runs of a work pool until it is told to end.",
        "It also makes the runs of schedules, and finds runs whose process is gone."
      })
  int start(
      @Option(
              names = {"--pool", "-p"},
              paramLabel = "POOL",
              description = "The work pool; default.")
          @Nullable String pool,
      @Option(names = "--queue", paramLabel = "QUEUE", description = "Only this; may be repeated.")
          @Nullable List<String> queues,
      @Option(names = "--name", paramLabel = "NAME", description = "Its name, unlike all others.")
          @Nullable String name,
      @Option(names = "--limit", paramLabel = "N", description = "How many runs at once; 4.")
          @Nullable Integer limit,
      @Option(
              names = "--type",
              paramLabel = "process|inline",
              description = "Makes the pool, if it is not there, with this type.")
          WorkPool.@Nullable Type type,
      @Option(
              names = "--grace",
              paramLabel = "LENGTH",
              description = "How long runs may go on when it is told to end; 30s.")
          @Nullable String grace) {
    Store store = session.store();
    String named = pool == null ? WorkPool.DEFAULT : pool;
    if (type != null && store.workPools().find(named).isEmpty()) {
      store.workPools().create(named, type, null);
    }
    WorkPool.Type found = typeOf(store, named);
    WorkerSettings.Times times = WorkerSettings.Times.DEFAULT;
    if (grace != null) {
      times = times.drain((Duration) ParameterParser.parse(grace, Duration.class));
    }
    WorkerSettings settings =
        settings(
            name == null ? "worker-" + host() + "-" + ProcessHandle.current().pid() : name,
            named,
            queues == null ? List.of() : queues,
            limit == null ? 4 : limit,
            times);
    return new WorkerProcess(
            () -> LocalRuntime.open(session.environment(), session.home()), settings)
        .run(found);
  }

  /// The default pool may not be there: it is made by its first worker, which need not be allowed
  /// to make pools.
  private static WorkPool.Type typeOf(Store store, String name) {
    return store
        .workPools()
        .find(name)
        .map(WorkPool::type)
        .or(() ->
            name.equals(WorkPool.DEFAULT) ? Optional.of(WorkPool.Type.PROCESS) : Optional.empty())
        .orElseThrow(() -> unknown(store, name));
  }

  static WorkerSettings settings(
      String name, String pool, List<String> queues, int limit, WorkerSettings.Times times) {
    String instance =
        "process "
            + ProcessHandle.current().pid()
            + " on "
            + host()
            + " "
            + UUID.randomUUID().toString().substring(0, 8);
    return new WorkerSettings(
        name, instance, new Version().getVersion()[0], pool, queues, limit, times);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this machine";
    }
  }

  private static UnknownName unknown(Store store, String name) {
    return new UnknownName(
        "work pool",
        name,
        store.workPools().list().stream().map(WorkPool::name).toList(),
        "give --type process or --type inline to make it");
  }
}
