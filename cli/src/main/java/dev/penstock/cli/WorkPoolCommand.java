package dev.penstock.cli;

import static java.util.Objects.requireNonNull;

import dev.penstock.cli.session.OutputOption;
import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.UnknownName;
import dev.penstock.flow.store.WorkPool;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `penstock work-pool`: where runs wait for workers.
@Command(
    name = "work-pool",
    aliases = "work-pools",
    description = "Shows and changes work pools.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  penstock work-pool create etl --type process --concurrency-limit 4",
      "  penstock worker start --pool etl"
    },
    mixinStandardHelpOptions = true)
final class WorkPoolCommand {
  @Spec private @Nullable CommandSpec spec;

  private PrintWriter out() {
    return requireNonNull(spec).commandLine().getOut();
  }

  @Command(name = "ls", description = "Lists work pools.", mixinStandardHelpOptions = true)
  int ls(@Mixin OutputOption output) {
    output.rows(
        out(), LocalRuntime.store().workPools().list().stream().map(WorkPoolCommand::row).toList());
    return ExitCode.COMPLETED;
  }

  private static Map<String, @Nullable Object> row(WorkPool pool) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("name", pool.name());
    row.put("type", pool.type().name());
    row.put("concurrencyLimit", pool.limit());
    row.put("status", pool.paused() ? "PAUSED" : "READY");
    return row;
  }

  @Command(name = "inspect", description = "Shows a work pool.", mixinStandardHelpOptions = true)
  int inspect(
      @Parameters(paramLabel = "POOL", description = "The pool.") String name,
      @Mixin OutputOption output) {
    Store store = LocalRuntime.store();
    WorkPool pool = store.workPools().find(name).orElseThrow(() -> unknown(store, name));
    Map<String, @Nullable Object> thing = row(pool);
    thing.put("queues", store.workQueues().list(name).stream().map(each -> each.name()).toList());
    thing.put(
        "workers",
        store.workers().list().stream()
            .filter(worker -> worker.pool().equals(name))
            .map(worker -> worker.name() + " " + worker.state())
            .toList());
    thing.put("created", pool.created().toString());
    output.thing(out(), thing);
    return ExitCode.COMPLETED;
  }

  @Command(name = "create", description = "Makes a work pool.", mixinStandardHelpOptions = true)
  int create(
      @Parameters(paramLabel = "POOL", description = "Its name.") String name,
      @Option(
              names = "--type",
              paramLabel = "process|inline",
              description = "process: each run in its own JVM; inline: in that of the worker.")
          WorkPool.@Nullable Type type,
      @Option(
              names = "--concurrency-limit",
              paramLabel = "N",
              description = "How many of its runs may run at once.")
          @Nullable Integer limit,
      @Mixin OutputOption output) {
    WorkPool.Type chosen = type == null ? WorkPool.Type.PROCESS : type;
    if (!LocalRuntime.store().workPools().create(name, chosen, limit)) {
      throw new UsageError("there is a work pool \"" + name + "\" already");
    }
    output.done(out(), "Created work pool " + name, Map.of("name", name, "type", chosen.name()));
    return ExitCode.COMPLETED;
  }

  @Command(
      name = "pause",
      description = "Lets no worker take runs of a pool.",
      mixinStandardHelpOptions = true)
  int pause(
      @Parameters(paramLabel = "POOL", description = "The pool.") String name,
      @Mixin OutputOption output) {
    return paused(name, true, output);
  }

  @Command(
      name = "resume",
      description = "Lets workers take runs of a pool again.",
      mixinStandardHelpOptions = true)
  int resume(
      @Parameters(paramLabel = "POOL", description = "The pool.") String name,
      @Mixin OutputOption output) {
    return paused(name, false, output);
  }

  private int paused(String name, boolean paused, OutputOption output) {
    Store store = LocalRuntime.store();
    if (!store.workPools().pause(name, paused)) {
      throw unknown(store, name);
    }
    output.done(
        out(),
        (paused ? "Paused" : "Resumed") + " work pool " + name,
        Map.of("name", name, "paused", paused));
    return ExitCode.COMPLETED;
  }

  @Command(
      name = "set-concurrency-limit",
      description = "Limits how many runs of a pool may run at once.",
      mixinStandardHelpOptions = true)
  int limit(
      @Parameters(paramLabel = "POOL", description = "The pool.") String name,
      @Parameters(paramLabel = "N", description = "How many.") int limit,
      @Mixin OutputOption output) {
    return limited(name, limit, output);
  }

  @Command(
      name = "clear-concurrency-limit",
      description = "Ends the limit of a pool.",
      mixinStandardHelpOptions = true)
  int unlimited(
      @Parameters(paramLabel = "POOL", description = "The pool.") String name,
      @Mixin OutputOption output) {
    return limited(name, null, output);
  }

  private int limited(String name, @Nullable Integer limit, OutputOption output) {
    Store store = LocalRuntime.store();
    if (!store.workPools().limit(name, limit)) {
      throw unknown(store, name);
    }
    Map<String, @Nullable Object> thing = new LinkedHashMap<>();
    thing.put("name", name);
    thing.put("concurrencyLimit", limit);
    output.done(
        out(), "Work pool " + name + ": " + (limit == null ? "no limit" : "limit " + limit), thing);
    return ExitCode.COMPLETED;
  }

  @Command(
      name = "delete",
      aliases = "rm",
      description = "Deletes a pool that no deployment uses.",
      mixinStandardHelpOptions = true)
  int delete(
      @Parameters(paramLabel = "POOL", description = "The pool.") String name,
      @Mixin OutputOption output) {
    Store store = LocalRuntime.store();
    if (!store.workPools().delete(name)) {
      throw unknown(store, name);
    }
    output.done(out(), "Deleted work pool " + name, Map.of("name", name, "deleted", true));
    return ExitCode.COMPLETED;
  }

  private static UnknownName unknown(Store store, String name) {
    return new UnknownName(
        "work pool",
        name,
        store.workPools().list().stream().map(WorkPool::name).toList(),
        "penstock work-pool create " + name + " makes it");
  }
}
