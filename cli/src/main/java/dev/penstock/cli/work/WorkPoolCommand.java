package dev.penstock.cli.work;

import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.Members;
import dev.penstock.cli.session.Noun;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.store.WorkQueue;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock work-pool`: where runs wait for workers.
@Command(
    name = "work-pool",
    aliases = "work-pools",
    description = "Shows and changes work pools.",
    footer = {
      "%nExamples:",
      "  penstock work-pool create etl --type process --concurrency-limit 4",
      "  penstock worker start --pool etl"
    })
public final class WorkPoolCommand {
  private final Session session;
  private final Noun noun;

  WorkPoolCommand(Session session) {
    this.session = session;
    this.noun =
        new Noun(
            session,
            "work pool",
            () -> session.store().workPools().list().stream().map(WorkPool::name).toList(),
            name -> "penstock work-pool create " + name + " makes it");
  }

  private static SequencedMap<String, @Nullable Object> json(WorkPool pool) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", pool.name());
    json.put("type", pool.type().name());
    json.put("concurrencyLimit", pool.limit());
    json.put("status", pool.paused() ? "PAUSED" : "READY");
    json.put("created", pool.created());
    return json;
  }

  @Command(name = "ls", description = "Lists work pools.")
  void ls(@Mixin OutputOption output) {
    Listing.of(
            session,
            "there is no work pool yet",
            WorkPoolCommand::json,
            "name",
            "type",
            "concurrencyLimit",
            "status")
        .print(session, output, session.store().workPools().list());
  }

  @Command(name = "inspect", description = "Shows a work pool, its queues and workers.")
  void inspect(
      @Parameters(paramLabel = "POOL", description = "The pool.") String name,
      @Mixin OutputOption output) {
    Store store = session.store();
    SequencedMap<String, @Nullable Object> json =
        json(noun.found(store.workPools().find(name), name));
    json.put("queues", store.workQueues().list(name).stream().map(WorkQueue::name).toList());
    json.put(
        "workers",
        store.workers().list().stream()
            .filter(worker -> worker.pool().equals(name))
            .map(worker -> worker.name() + " " + worker.state())
            .toList());
    output.thing(session.out(), json);
  }

  @Command(name = "create", description = "Makes a work pool.")
  void create(
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
    if (!session.store().workPools().create(name, chosen, limit)) {
      throw noun.taken(name);
    }
    noun.done(output, "Created", name, Members.of("type", chosen.name()));
  }

  @Command(name = "pause", description = "Lets no worker take runs of a pool.")
  void pause(
      @Parameters(paramLabel = "POOL", description = "The pool.") String name,
      @Mixin OutputOption output) {
    noun.require(session.store().workPools().pause(name, true), name);
    noun.done(output, "Paused", name);
  }

  @Command(name = "resume", description = "Lets workers take runs of a pool again.")
  void resume(
      @Parameters(paramLabel = "POOL", description = "The pool.") String name,
      @Mixin OutputOption output) {
    noun.require(session.store().workPools().pause(name, false), name);
    noun.done(output, "Resumed", name);
  }

  @Command(
      name = "set-concurrency-limit",
      description = "Limits how many runs of a pool may run at once.")
  void limit(
      @Parameters(paramLabel = "POOL", description = "The pool.") String name,
      @Parameters(paramLabel = "N", description = "How many.") int limit,
      @Mixin OutputOption output) {
    noun.require(session.store().workPools().limit(name, limit), name);
    noun.done(output, "Limited", name, Members.of("concurrencyLimit", limit));
  }

  @Command(name = "clear-concurrency-limit", description = "Ends the limit of a pool.")
  void unlimited(
      @Parameters(paramLabel = "POOL", description = "The pool.") String name,
      @Mixin OutputOption output) {
    noun.require(session.store().workPools().limit(name, null), name);
    noun.done(output, "Unlimited", name);
  }

  @Command(name = "delete", aliases = "rm", description = "Deletes a pool that nothing uses.")
  void delete(
      @Parameters(paramLabel = "POOL", description = "The pool.") String name,
      @Mixin OutputOption output) {
    noun.require(session.store().workPools().delete(name), name);
    noun.done(output, "Deleted", name);
  }
}
