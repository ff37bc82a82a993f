package dev.penstock.cli.work;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.Members;
import dev.penstock.cli.session.Noun;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.data.ParameterParser;
import dev.penstock.flow.store.Limit;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.LimitUse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock concurrency-limit`: how many may do something at once.
@Command(
    name = "concurrency-limit",
    aliases = "concurrency-limits",
    description = {
      "Shows and changes limits, and who holds their slots.",
      "A limit of a tag is for the tasks that have it, a global one for what names it. Those of",
      "deployments, pools and queues are listed here, and set where these are."
    },
    footer = {
      "%nExamples:",
      "  penstock concurrency-limit create db 10",
      "  penstock concurrency-limit create crm 5 --decay 1s",
      "  penstock concurrency-limit create warehouse 2 --global",
      "  penstock concurrency-limit inspect db"
    })
public final class ConcurrencyLimitCommand {
  private final Session session;
  private final Noun noun;

  ConcurrencyLimitCommand(Session session) {
    this.session = session;
    this.noun =
        new Noun(
            session,
            "concurrency limit",
            () -> session.store().limits().list().stream().map(each -> name(each.limit())).toList(),
            name -> "penstock concurrency-limit create " + name + " SLOTS makes one");
  }

  /// What people call it: `db` of a tag, `ingest/nightly` of a deployment.
  private static String name(Limit limit) {
    return switch (limit.key().kind()) {
      case GLOBAL, TAG, POOL, QUEUE -> limit.key().name();
      case DEPLOYMENT -> limit.title().substring(limit.title().indexOf(' ') + 1);
    };
  }

  private static SequencedMap<String, @Nullable Object> json(LimitUse use) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", name(use.limit()));
    json.put("kind", use.limit().key().kind().name());
    json.put("slots", use.limit().slots());
    json.put("taken", use.taken().size());
    json.put("decaying", use.decaying());
    json.put("waiting", use.waiting());
    json.put("decay", use.limit().decay().isZero() ? null : use.limit().decay().toString());
    return json;
  }

  @Command(name = "ls", description = "Lists limits, and how far each is used.")
  void ls(@Mixin OutputOption output) {
    Listing.of(
            session,
            "there is no limit",
            ConcurrencyLimitCommand::json,
            "name",
            "kind",
            "slots",
            "taken",
            "decaying",
            "waiting")
        .print(session, output, session.store().limits().list());
  }

  @Command(name = "inspect", description = "Shows a limit, and who holds each slot.")
  void inspect(
      @Parameters(paramLabel = "NAME", description = "The limit.") String name,
      @Mixin KindOption kind,
      @Mixin OutputOption output) {
    LimitUse use = find(name, kind);
    SequencedMap<String, @Nullable Object> json = json(use);
    json.put("collision", use.limit().collision().name());
    json.put("grace", use.limit().grace().isZero() ? null : use.limit().grace().toString());
    json.put("holders", use.taken().stream().map(ConcurrencyLimitCommand::holder).toList());
    output.thing(session.out(), json);
  }

  private static Map<String, String> holder(LimitUse.Taken taken) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("label", taken.label());
    json.put("holder", taken.holder());
    json.put("flowRun", taken.flowRun());
    return json;
  }

  @Command(name = "create", description = "Makes a limit for the tasks of a tag, or a global one.")
  void create(
      @Parameters(paramLabel = "NAME", description = "The tag, or the name of a global limit.")
          String name,
      @Parameters(paramLabel = "SLOTS", description = "How many at once.") int slots,
      @Option(
              names = "--decay",
              paramLabel = "LENGTH",
              description = "How long a slot stays taken when it was given back: 1s, 5m.")
          @Nullable String decay,
      @Mixin WhoseOption whose,
      @Mixin OutputOption output) {
    LimitKey key = whose.key(name);
    Duration after =
        decay == null ? Duration.ZERO : (Duration) ParameterParser.parse(decay, Duration.class);
    Limit limit =
        new Limit(key, key.toString(), slots, after, Limit.Collision.ENQUEUE, Duration.ZERO);
    if (!session.store().limits().create(limit)) {
      throw noun.taken(name);
    }
    noun.done(output, "Created", name, Members.of("slots", slots));
  }

  @Command(name = "update", description = "Changes how many slots a limit has.")
  void update(
      @Parameters(paramLabel = "NAME", description = "The tag, or the name of a global limit.")
          String name,
      @Parameters(paramLabel = "SLOTS", description = "How many at once.") int slots,
      @Mixin WhoseOption whose,
      @Mixin OutputOption output) {
    Limit before = noun.found(session.store().limits().find(whose.key(name)), name).limit();
    session
        .store()
        .limits()
        .set(
            new Limit(
                before.key(),
                before.title(),
                slots,
                before.decay(),
                before.collision(),
                before.grace()));
    noun.done(output, "Changed", name, Members.of("slots", slots));
  }

  @Command(name = "delete", aliases = "rm", description = "Deletes a limit: whoever waits goes on.")
  void delete(
      @Parameters(paramLabel = "NAME", description = "The tag, or the name of a global limit.")
          String name,
      @Mixin WhoseOption whose,
      @Mixin OutputOption output) {
    noun.require(session.store().limits().delete(whose.key(name)), name);
    noun.done(output, "Deleted", name);
  }

  @Command(
      name = "free",
      description = {
        "Frees slots by hand. Whoever held one goes on without it, so that more than the limit",
        "may be at work then. Slots of killed processes become free by themselves."
      })
  void free(
      @Parameters(paramLabel = "NAME", description = "The limit.") String name,
      @Mixin KindOption kind,
      @Option(
              names = "--holder",
              paramLabel = "ID",
              description = "Only those of this task run or flow run; of all if not said.")
          @Nullable String holder,
      @Mixin OutputOption output) {
    int freed = session.store().limits().free(find(name, kind).limit().key(), holder);
    if (freed == 0 && holder != null) {
      throw new CommandFailed(
          "\""
              + holder
              + "\" holds no slot of "
              + name
              + "; penstock concurrency-limit inspect "
              + name
              + " shows who does");
    }
    output.done(
        session.out(),
        "Freed " + freed + (freed == 1 ? " slot of " : " slots of ") + name,
        Members.of("name", name, "freed", freed));
  }

  private LimitUse find(String name, KindOption kind) {
    List<LimitUse> found =
        session.store().limits().list().stream()
            .filter(use -> name(use.limit()).equals(name) && kind.fits(use.limit().key().kind()))
            .toList();
    if (found.size() > 1) {
      throw new CommandFailed(
          "several limits are called \"" + name + "\": say --kind tag, pool, queue or deployment");
    }
    return noun.found(found.stream().findFirst(), name);
  }

  /// Whether it is the limit of a tag or one that flows name.
  static final class WhoseOption {
    @Option(names = "--global", description = "One that flows name: limit(\"warehouse\").")
    private boolean global;

    LimitKey key(String name) {
      return global ? LimitKey.global(name) : LimitKey.tag(name);
    }
  }

  /// What a limit is for.
  static final class KindOption {
    @Option(
        names = "--kind",
        paramLabel = "KIND",
        description = "tag, deployment, pool, queue or global, where several have the name.")
    private LimitKey.@Nullable Kind kind;

    boolean fits(LimitKey.Kind other) {
      return kind == null || kind == other;
    }
  }
}
