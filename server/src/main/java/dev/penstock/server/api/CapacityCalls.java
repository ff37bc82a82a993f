package dev.penstock.server.api;

import dev.penstock.flow.store.Limit;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.LimitUse;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.store.WorkQueue;
import dev.penstock.flow.store.WorkerEntry;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The part of the API about what there is to run with: work pools, their queues, workers, limits.
final class CapacityCalls {
  private static final String POOLS = Api.ROOT + "/work-pools";
  private static final String POOL = POOLS + "/{name}";
  private static final String LIMITS = Api.ROOT + "/concurrency-limits";
  private static final String LIMIT = LIMITS + "/{kind}/{name}";
  private static final List<Operation.Parameter> POOL_BODY =
      List.of(
          new Operation.Parameter(
              "type", "string", "process or inline; of one that is there its own."),
          new Operation.Parameter("limit", "integer?", "Runs at once; null for any number."),
          new Operation.Parameter("paused", "boolean", "Whether no worker takes its runs."));
  private static final List<Operation.Parameter> LIMIT_BODY =
      List.of(
          Operation.Parameter.required("slots", "integer", "How many at once."),
          new Operation.Parameter(
              "decay", "string", "How long a slot stays taken afterwards: 1s."));

  private final Store store;
  private final Edits edits;

  CapacityCalls(Store store) {
    this.store = store;
    this.edits = new Edits(store.auditLog());
  }

  List<Operation> operations() {
    return List.of(
        Operation.list(
            POOLS,
            "listWorkPools",
            "All work pools, by name.",
            "WorkPoolPage",
            List.of("name"),
            () -> store.workPools().list().stream().map(this::json).toList()),
        Operation.get(
            POOL,
            "getWorkPool",
            "A work pool with its queues.",
            "WorkPool",
            request -> shown(pool(request))),
        Operation.put(
            POOL,
            "setWorkPool",
            "Makes a work pool that is not there, or with If-Match changes one that is as it was"
                + " read.",
            POOL_BODY,
            "WorkPool",
            this::setPool),
        Operation.delete(
            POOL,
            "deleteWorkPool",
            "Deletes a work pool that no deployment names.",
            this::deletePool),
        Operation.list(
            Api.ROOT + "/workers",
            "listWorkers",
            "All workers, by name.",
            "WorkerPage",
            List.of("name"),
            () -> store.workers().list().stream().map(CapacityCalls::json).toList()),
        Operation.list(
            LIMITS,
            "listLimits",
            "All concurrency limits.",
            "LimitPage",
            List.of("kind", "name"),
            () -> store.limits().list().stream().map(CapacityCalls::json).toList()),
        Operation.get(
            LIMIT,
            "getLimit",
            "A concurrency limit, with who has its slots.",
            "Limit",
            request -> shown(limit(request))),
        Operation.put(
            LIMIT,
            "setLimit",
            "Makes a concurrency limit of a tag or a global one that is not there, or with If-Match"
                + " changes one that is as it was read.",
            LIMIT_BODY,
            "Limit",
            this::setLimit),
        Operation.delete(
            LIMIT,
            "deleteLimit",
            "Deletes a concurrency limit.",
            request -> store.limits().delete(key(request))),
        new Operation(
            Route.post(LIMIT + "/free", this::free),
            "freeLimit",
            "Gives all its slots back by hand.",
            List.of(),
            List.of(),
            "Freed",
            200));
  }

  private Map<String, @Nullable Object> json(WorkPool pool) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", pool.name());
    json.put("type", pool.type().name().toLowerCase(Locale.ROOT));
    json.put("limit", pool.limit());
    json.put("paused", pool.paused());
    json.put(
        "queues", store.workQueues().list(pool.name()).stream().map(CapacityCalls::json).toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(WorkQueue queue) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", queue.name());
    json.put("priority", queue.priority());
    json.put("limit", queue.limit());
    json.put("paused", queue.paused());
    return json;
  }

  private WorkPool pool(Request request) {
    String name = request.variable("name");
    return store
        .workPools()
        .find(name)
        .orElseThrow(() -> Refused.notFound("there is no work pool " + name));
  }

  private Answer setPool(Request request) {
    String name = request.variable("name");
    Body body = new Body(request.json(), POOL_BODY);
    String type = body.text("type", "process").toUpperCase(Locale.ROOT);
    if (!List.of("PROCESS", "INLINE").contains(type)) {
      body.add("type", "\"type\" must be process or inline");
    }
    Integer limit = body.numberOrNull("limit", 0);
    boolean paused = body.has("paused") && body.flag("paused");
    body.refuseWrong();
    edits.save(
        request,
        new Edits.Thing("work pool", List.of(name)),
        () -> store.workPools().find(name),
        Etag::of,
        there -> {
          if (there.isEmpty()) {
            return make(name, WorkPool.Type.valueOf(type), limit, paused);
          }
          WorkPool seen = there.get();
          return taken(() ->
              store
                  .workPools()
                  .replace(
                      seen,
                      body.has("limit") ? limit : seen.limit(),
                      body.has("paused") ? paused : seen.paused()));
        });
    return shown(pool(request));
  }

  private boolean make(String name, WorkPool.Type type, @Nullable Integer limit, boolean paused) {
    boolean made = taken(() -> store.workPools().create(name, type, limit));
    if (made && paused) {
      store.workPools().pause(name, true);
    }
    return made;
  }

  /// Whether it was written; a name or a number that no store takes is told.
  private static boolean taken(BooleanSupplier write) {
    try {
      return write.getAsBoolean();
    } catch (IllegalArgumentException e) {
      throw Refused.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private Answer shown(WorkPool pool) {
    return Answer.json(200, json(pool)).with("ETag", Etag.of(pool));
  }

  private boolean deletePool(Request request) {
    try {
      return store.workPools().delete(request.variable("name"));
    } catch (IllegalStateException e) { // deployments run in it
      throw Refused.conflict(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, @Nullable Object> json(WorkerEntry worker) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", worker.name());
    json.put("pool", worker.pool());
    json.put("version", worker.version());
    json.put("limit", worker.limit());
    json.put("state", worker.state().name());
    json.put("started", worker.started().toString());
    json.put("heartbeat", worker.heartbeat().toString());
    return json;
  }

  private static Map<String, @Nullable Object> json(LimitUse use) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", use.limit().key().kind().name().toLowerCase(Locale.ROOT));
    json.put("name", use.limit().key().name());
    json.put("slots", use.limit().slots());
    json.put("decay", use.limit().decay().toString());
    json.put("decaying", use.decaying());
    json.put("waiting", use.waiting());
    json.put(
        "taken",
        use.taken().stream()
            .map(taken ->
                Map.of(
                    "holder", taken.holder(), "flowRun", taken.flowRun(), "label", taken.label()))
            .toList());
    return json;
  }

  private static LimitKey key(Request request) {
    String kind = request.variable("kind");
    String name = request.variable("name");
    if (name.isBlank()) {
      throw Refused.notFound("a limit has a name that is not blank");
    }
    return switch (kind) {
      case "tag" -> LimitKey.tag(name);
      case "global" -> LimitKey.global(name);
      default ->
          throw Refused.notFound(
              "limits are set here of a kind tag or global, not "
                  + kind
                  + ": those of deployments,"
                  + " pools and queues are set there");
    };
  }

  private LimitUse limit(Request request) {
    LimitKey key = key(request);
    return store.limits().find(key).orElseThrow(() -> Refused.notFound("there is no limit " + key));
  }

  private Answer setLimit(Request request) {
    LimitKey key = key(request);
    Body body = new Body(request.json(), LIMIT_BODY);
    int slots = body.number("slots", 0);
    Duration decay = body.duration("decay");
    body.refuseWrong();
    edits.save(
        request,
        new Edits.Thing("concurrency limit", List.of(request.variable("kind"), key.name())),
        () -> store.limits().find(key).map(LimitUse::limit),
        Etag::of,
        there ->
            taken(() -> {
              Limit limit =
                  new Limit(
                      key, key.toString(), slots, decay, Limit.Collision.ENQUEUE, Duration.ZERO);
              return there.isPresent()
                  ? store.limits().replace(there.get(), limit)
                  : store.limits().create(limit);
            }));
    return shown(limit(request));
  }

  private static Answer shown(LimitUse use) {
    return Answer.json(200, json(use)).with("ETag", Etag.of(use.limit()));
  }

  private Answer free(Request request) {
    limit(request);
    return Answer.json(200, Map.of("freed", store.limits().free(key(request), null)));
  }
}
