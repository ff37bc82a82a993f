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

  CapacityCalls(Store store) {
    this.store = store;
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
            request -> Answer.json(200, json(pool(request)))),
        new Operation(
            new Route("PUT", POOL, this::setPool),
            "setWorkPool",
            "Makes a work pool, or changes one.",
            List.of(),
            POOL_BODY,
            "WorkPool",
            200),
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
            request -> Answer.json(200, json(limit(request)))),
        new Operation(
            new Route("PUT", LIMIT, this::setLimit),
            "setLimit",
            "Makes a concurrency limit of a tag or a global one, or changes one.",
            List.of(),
            LIMIT_BODY,
            "Limit",
            200),
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
    makeOrLimit(name, WorkPool.Type.valueOf(type), limit, body.has("limit"));
    if (body.has("paused")) {
      store.workPools().pause(name, paused);
    }
    return Answer.json(200, json(pool(request)));
  }

  private void makeOrLimit(
      String name, WorkPool.Type type, @Nullable Integer limit, boolean limited) {
    try {
      if (!store.workPools().create(name, type, limit) && limited) {
        store.workPools().limit(name, limit);
      }
    } catch (IllegalArgumentException e) { // a name or a limit that no store takes
      throw Refused.badRequest(String.valueOf(e.getMessage()));
    }
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
    try {
      store
          .limits()
          .set(
              new Limit(key, key.toString(), slots, decay, Limit.Collision.ENQUEUE, Duration.ZERO));
    } catch (IllegalArgumentException e) {
      throw Refused.badRequest(String.valueOf(e.getMessage()));
    }
    return Answer.json(200, json(limit(request)));
  }

  private Answer free(Request request) {
    limit(request);
    return Answer.json(200, Map.of("freed", store.limits().free(key(request), null)));
  }
}
