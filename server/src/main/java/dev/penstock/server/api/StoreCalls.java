package dev.penstock.server.api;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.remote.ServedStore;
import dev.penstock.flow.remote.Wakes;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.ToldFailure;
import dev.penstock.flow.vault.BadKeys;
import dev.penstock.flow.vault.Vault;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The store for commands and workers that have no database: a path for each method of its
/// concerns. Other programs are better served by the rest of the API, which is documented and stays
/// as it is.
public final class StoreCalls {
  /// In front of all its paths.
  public static final String ROOT = Api.ROOT + "/store/";

  /// Results of tasks are in it.
  private static final int MOST_BODY = 16 << 20;

  private final Store store;
  private final ServedStore served;

  public StoreCalls(Store store, Vault vault) {
    this.store = store;
    this.served = new ServedStore(store, vault);
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    served
        .asked()
        .forEach((word, answering) ->
            routes.add(Route.post(ROOT + word, request -> answer(answering, request))));
    routes.add(Route.get(ROOT + Wakes.WORD, _ -> Answer.events(new WakeStream(store)::write)));
    return routes;
  }

  private static Answer answer(ServedStore.Answering answering, Request request) {
    ServedStore.Reply reply;
    try {
      reply = answering.to(request.text(MOST_BODY));
    } catch (BadKeys e) {
      throw Refused.conflict(String.valueOf(e.getMessage()));
    }
    ToldFailure failure = reply.failure();
    return failure == null ? done(reply.json()) : failed(failure, reply.json());
  }

  private static Answer done(String json) {
    return new Answer(
        200,
        Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
        new Answer.Body.Whole(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Answer failed(ToldFailure failure, String json) {
    int status =
        switch (failure.kind()) {
          case FENCED, WORKER_NAME_TAKEN, REPLAY_REFUSED, STATE -> 409;
          case UNKNOWN_NAME -> 404;
          case ARGUMENT -> 400;
          case UNAVAILABLE -> 503;
        };
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("title", "The store did not do this");
    members.put("status", status);
    members.put("detail", failure.message());
    members.put("failure", JsonTree.read(json));
    return Answer.problem(status, members);
  }
}
