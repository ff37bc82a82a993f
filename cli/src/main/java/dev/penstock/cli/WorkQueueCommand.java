package dev.penstock.cli;

import static java.util.Objects.requireNonNull;

import dev.penstock.cli.session.OutputOption;
import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.UnknownName;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.store.WorkQueue;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `penstock work-queue`: the parts of work pools.
@Command(
    name = "work-queue",
    aliases = "work-queues",
    description = "Shows and changes the queues of a work pool.",
    footerHeading = "%nExamples:%n",
    footer = "  penstock work-queue create urgent --pool etl --priority 1",
    mixinStandardHelpOptions = true)
final class WorkQueueCommand {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"--pool", "-p"},
      scope = ScopeType.INHERIT,
      paramLabel = "POOL",
      description = "The work pool; default.")
  private String pool = WorkPool.DEFAULT;

  private PrintWriter out() {
    return requireNonNull(spec).commandLine().getOut();
  }

  @Command(name = "ls", description = "Lists queues.", mixinStandardHelpOptions = true)
  int ls(@Mixin OutputOption output) {
    output.rows(
        out(),
        LocalRuntime.store().workQueues().list(pool).stream().map(WorkQueueCommand::row).toList());
    return ExitCode.COMPLETED;
  }

  private static Map<String, @Nullable Object> row(WorkQueue queue) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("name", queue.name());
    row.put("pool", queue.pool());
    row.put("priority", queue.priority());
    row.put("concurrencyLimit", queue.limit());
    row.put("status", queue.paused() ? "PAUSED" : "READY");
    return row;
  }

  @Command(name = "create", description = "Makes a queue.", mixinStandardHelpOptions = true)
  int create(
      @Parameters(paramLabel = "QUEUE", description = "Its name.") String name,
      @Option(names = "--priority", paramLabel = "N", description = "Lower goes first; 10.")
          @Nullable Integer priority,
      @Option(
              names = "--concurrency-limit",
              paramLabel = "N",
              description = "How many of its runs may run at once.")
          @Nullable Integer limit,
      @Mixin OutputOption output) {
    WorkQueue queue =
        new WorkQueue(pool, name, priority == null ? WorkQueue.PRIORITY : priority, limit, false);
    if (!LocalRuntime.store().workQueues().create(queue)) {
      throw new UsageError("work pool \"" + pool + "\" has a queue \"" + name + "\" already");
    }
    output.done(out(), "Created work queue " + name + " of work pool " + pool, row(queue));
    return ExitCode.COMPLETED;
  }

  @Command(
      name = "update",
      description = "Changes the priority or the limit of a queue.",
      mixinStandardHelpOptions = true)
  int update(
      @Parameters(paramLabel = "QUEUE", description = "The queue.") String name,
      @Option(names = "--priority", paramLabel = "N", description = "Lower goes first.")
          @Nullable Integer priority,
      @Option(
              names = "--concurrency-limit",
              paramLabel = "N",
              description = "How many of its runs may run at once.")
          @Nullable Integer limit,
      @Mixin OutputOption output) {
    WorkQueue old = find(name);
    return change(
        new WorkQueue(
            pool,
            name,
            priority == null ? old.priority() : priority,
            limit == null ? old.limit() : limit,
            old.paused()),
        output);
  }

  @Command(
      name = "pause",
      description = "Lets no worker take runs of a queue.",
      mixinStandardHelpOptions = true)
  int pause(
      @Parameters(paramLabel = "QUEUE", description = "The queue.") String name,
      @Mixin OutputOption output) {
    WorkQueue old = find(name);
    return change(new WorkQueue(pool, name, old.priority(), old.limit(), true), output);
  }

  @Command(
      name = "resume",
      description = "Lets workers take runs of a queue again.",
      mixinStandardHelpOptions = true)
  int resume(
      @Parameters(paramLabel = "QUEUE", description = "The queue.") String name,
      @Mixin OutputOption output) {
    WorkQueue old = find(name);
    return change(new WorkQueue(pool, name, old.priority(), old.limit(), false), output);
  }

  private int change(WorkQueue queue, OutputOption output) {
    LocalRuntime.store().workQueues().change(queue);
    output.done(out(), "Changed work queue " + queue.name(), row(queue));
    return ExitCode.COMPLETED;
  }

  @Command(
      name = "delete",
      aliases = "rm",
      description = "Deletes a queue that no deployment uses.",
      mixinStandardHelpOptions = true)
  int delete(
      @Parameters(paramLabel = "QUEUE", description = "The queue.") String name,
      @Mixin OutputOption output) {
    find(name);
    LocalRuntime.store().workQueues().delete(pool, name);
    output.done(out(), "Deleted work queue " + name, Map.of("name", name, "deleted", true));
    return ExitCode.COMPLETED;
  }

  private WorkQueue find(String name) {
    Store store = LocalRuntime.store();
    return store
        .workQueues()
        .find(pool, name)
        .orElseThrow(() ->
            new UnknownName(
                "work queue",
                name,
                store.workQueues().list(pool).stream().map(WorkQueue::name).toList(),
                "penstock work-queue create " + name + " --pool " + pool + " makes it"));
  }
}
