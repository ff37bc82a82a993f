package dev.penstock.cli.work;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.Noun;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.store.WorkQueue;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// `penstock work-queue`: the parts of work pools.
@Command(
    name = "work-queue",
    aliases = "work-queues",
    description = "Shows and changes the queues of a work pool.",
    footer = {
      "%nExamples:",
      "  penstock work-queue create urgent --pool etl --priority 1",
      "  penstock work-queue pause urgent --pool etl"
    })
public final class WorkQueueCommand {
  private final Session session;
  private final Noun noun;

  @Option(
      names = {"--pool", "-p"},
      scope = ScopeType.INHERIT,
      paramLabel = "POOL",
      description = "The work pool; default.")
  private String pool = WorkPool.DEFAULT;

  WorkQueueCommand(Session session) {
    this.session = session;
    this.noun =
        new Noun(
            session,
            "work queue",
            () -> session.store().workQueues().list(pool).stream().map(WorkQueue::name).toList(),
            name -> "penstock work-queue create " + name + " --pool " + pool + " makes it");
  }

  private static SequencedMap<String, @Nullable Object> json(WorkQueue queue) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", queue.name());
    json.put("pool", queue.pool());
    json.put("priority", queue.priority());
    json.put("concurrencyLimit", queue.limit());
    json.put("status", queue.paused() ? "PAUSED" : "READY");
    return json;
  }

  /// In which order the runs of a queue are taken, and how many of them.
  static final class Order {
    @Option(
        names = "--priority",
        paramLabel = "N",
        description = "Lower goes first; 10 for a new queue.")
    private @Nullable Integer priority;

    @Option(
        names = "--concurrency-limit",
        paramLabel = "N",
        description = "How many of its runs may run at once.")
    private @Nullable Integer limit;

    /// The queue with what was said.
    WorkQueue over(WorkQueue queue) {
      return new WorkQueue(
          queue.pool(),
          queue.name(),
          priority == null ? queue.priority() : priority,
          limit == null ? queue.limit() : limit,
          queue.paused());
    }
  }

  @Command(name = "ls", description = "Lists queues.")
  void ls(@Mixin OutputOption output) {
    Listing.of(
            session,
            "work pool \"" + pool + "\" has no queue",
            WorkQueueCommand::json,
            "name",
            "pool",
            "priority",
            "concurrencyLimit",
            "status")
        .print(session, output, session.store().workQueues().list(pool));
  }

  @Command(name = "inspect", description = "Shows a queue.")
  void inspect(
      @Parameters(paramLabel = "QUEUE", description = "The queue.") String name,
      @Mixin OutputOption output) {
    output.thing(session.out(), json(find(name)));
  }

  @Command(name = "create", description = "Makes a queue.")
  void create(
      @Parameters(paramLabel = "QUEUE", description = "Its name.") String name,
      @Mixin Order order,
      @Mixin OutputOption output) {
    WorkQueue queue = order.over(new WorkQueue(pool, name, WorkQueue.PRIORITY, null, false));
    if (!session.store().workQueues().create(queue)) {
      throw new CommandFailed("work pool \"" + pool + "\" has a queue \"" + name + "\" already");
    }
    noun.done(output, "Created", name, json(queue));
  }

  @Command(name = "update", description = "Changes the priority or the limit of a queue.")
  void update(
      @Parameters(paramLabel = "QUEUE", description = "The queue.") String name,
      @Mixin Order order,
      @Mixin OutputOption output) {
    change("Changed", order.over(find(name)), output);
  }

  @Command(name = "pause", description = "Lets no worker take runs of a queue.")
  void pause(
      @Parameters(paramLabel = "QUEUE", description = "The queue.") String name,
      @Mixin OutputOption output) {
    WorkQueue old = find(name);
    change("Paused", new WorkQueue(pool, name, old.priority(), old.limit(), true), output);
  }

  @Command(name = "resume", description = "Lets workers take runs of a queue again.")
  void resume(
      @Parameters(paramLabel = "QUEUE", description = "The queue.") String name,
      @Mixin OutputOption output) {
    WorkQueue old = find(name);
    change("Resumed", new WorkQueue(pool, name, old.priority(), old.limit(), false), output);
  }

  private void change(String verb, WorkQueue queue, OutputOption output) {
    session.store().workQueues().change(queue);
    noun.done(output, verb, queue.name(), json(queue));
  }

  @Command(name = "delete", aliases = "rm", description = "Deletes a queue that nothing uses.")
  void delete(
      @Parameters(paramLabel = "QUEUE", description = "The queue.") String name,
      @Mixin OutputOption output) {
    noun.require(session.store().workQueues().delete(pool, name), name);
    noun.done(output, "Deleted", name);
  }

  private WorkQueue find(String name) {
    return noun.found(session.store().workQueues().find(pool, name), name);
  }
}
