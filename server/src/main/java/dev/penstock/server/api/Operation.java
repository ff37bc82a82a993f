package dev.penstock.server.api;

import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that the API does: a route, and what its document says of it.
///
/// @param id a name that no other has: `listFlowRuns`
/// @param summary on a line
/// @param headers that say more
/// @param query parameters of the query
/// @param body what may be sent; empty for nothing
/// @param answer the name of the schema of what comes back
/// @param status of a good answer
record Operation(
    Route route,
    String id,
    String summary,
    List<Parameter> headers,
    List<Parameter> query,
    List<Parameter> body,
    String answer,
    int status) {
  private static final List<Parameter> IF =
      List.of(
          new Parameter(
              "If-Match", "string", "The ETag of what was read; * for whatever is there."),
          new Parameter("If-None-Match", "string", "* to make what is not there yet."));

  /// One without headers.
  Operation(
      Route route,
      String id,
      String summary,
      List<Parameter> query,
      List<Parameter> body,
      String answer,
      int status) {
    this(route, id, summary, List.of(), query, body, answer, status);
  }

  /// A header, a parameter of the query, or a member of the body.
  ///
  /// @param type of JSON: `string`, `integer`, `object`, `array`; or `any`; it may be null with `?`
  ///   behind it
  /// @param required whether it has to be sent
  record Parameter(String name, String type, String description, boolean required) {
    Parameter(String name, String type, String description) {
      this(name, type, description, false);
    }

    static Parameter required(String name, String type, String description) {
      return new Parameter(name, type, description, true);
    }

    /// Adds to what is wrong the names that none of the known ones has.
    static void refuseUnknown(
        Iterable<String> names, List<Parameter> known, List<Refused.Field> wrong) {
      List<String> all = known.stream().map(Parameter::name).toList();
      for (String name : names) {
        if (!all.contains(name)) {
          String there = all.isEmpty() ? "there are none" : "there is " + String.join(", ", all);
          wrong.add(new Refused.Field(name, "\"" + name + "\" is unknown: " + there));
        }
      }
    }
  }

  /// The same, which refuses what its query may not have.
  Route checked() {
    Route.Handler checking =
        request -> {
          new Asked(request.query(), query).refuseWrong();
          return route.handler().answer(request);
        };
    return query.isEmpty() ? new Route(route.method(), route.path(), checking) : route;
  }

  /// The header with which one that makes something may be sent again.
  static final List<Parameter> KEY =
      List.of(
          new Parameter("Idempotency-Key", "string", "The same key makes the same thing once."));

  /// One that reads.
  static Operation get(
      String path, String id, String summary, String answer, Route.Handler handler) {
    return new Operation(Route.get(path, handler), id, summary, List.of(), List.of(), answer, 200);
  }

  /// One that lists things page by page, in the order of the members that tell them apart.
  ///
  /// @param keys the names of those members
  static Operation list(
      String path,
      String id,
      String summary,
      String answer,
      List<String> keys,
      Supplier<List<Map<String, @Nullable Object>>> all) {
    Route.Handler handler =
        request -> {
          Asked asked = new Asked(request.query(), Asked.PAGE);
          int limit = asked.limit();
          @Nullable String from = asked.after(KeyPages.CURSOR);
          asked.refuseWrong();
          return Answer.json(200, KeyPages.page(all.get(), keys, from, limit));
        };
    return new Operation(Route.get(path, handler), id, summary, Asked.PAGE, List.of(), answer, 200);
  }

  /// One that saves what its path names, and what two may edit.
  static Operation put(
      String path,
      String id,
      String summary,
      List<Parameter> body,
      String answer,
      Route.Handler handler) {
    return new Operation(
        new Route("PUT", path, handler), id, summary, IF, List.of(), body, answer, 200);
  }

  /// One that deletes what its path names.
  ///
  /// @param deleting says whether it was there
  static Operation delete(String path, String id, String summary, Predicate<Request> deleting) {
    Route.Handler handler =
        request -> {
          if (!deleting.test(request)) {
            throw Refused.notFound("there is nothing at " + request.path());
          }
          return Answer.json(200, Map.of("deleted", true));
        };
    return new Operation(
        new Route("DELETE", path, handler), id, summary, List.of(), List.of(), "Deleted", 200);
  }
}
