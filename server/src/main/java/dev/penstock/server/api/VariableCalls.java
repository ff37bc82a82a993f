package dev.penstock.server.api;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.Variable;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of the API about variables.
final class VariableCalls {
  private static final String ALL = Api.ROOT + "/variables";
  private static final String ONE = ALL + "/{name}";
  private static final List<Operation.Parameter> BODY =
      List.of(
          new Operation.Parameter("value", "object", "Any JSON value."),
          new Operation.Parameter("tags", "array", "Without it those there are stay."));

  private final Store store;

  VariableCalls(Store store) {
    this.store = store;
  }

  List<Operation> operations() {
    return List.of(
        Operation.get(
            ALL,
            "listVariables",
            "All variables, by name.",
            "VariablePage",
            _ ->
                Answer.json(
                    200,
                    Shapes.page(
                        store.variables().list().stream().map(VariableCalls::json).toList(),
                        null))),
        Operation.get(
            ONE, "getVariable", "A variable.", "Variable", request -> shown(find(request))),
        new Operation(
            new Route("PUT", ONE, this::set),
            "setVariable",
            "Sets a variable. With an If-Match header only if it is as it was read.",
            List.of(),
            BODY,
            "Variable",
            200),
        Operation.delete(
            ONE,
            "deleteVariable",
            "Deletes a variable.",
            request -> store.variables().delete(request.variable("name"))));
  }

  private static Map<String, @Nullable Object> json(Variable variable) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", variable.name());
    json.put("value", JsonTree.read(variable.json()));
    json.put("tags", variable.tags());
    json.put("updated", variable.updated().toString());
    return json;
  }

  private static Answer shown(Variable variable) {
    return Answer.json(200, json(variable)).with("ETag", Etag.of(variable.updated()));
  }

  private Variable find(Request request) {
    String name = request.variable("name");
    return store
        .variables()
        .find(name)
        .orElseThrow(() -> Refused.notFound("there is no variable " + name));
  }

  private Answer set(Request request) {
    String name = request.variable("name");
    Body body = new Body(request.json(), BODY);
    Object value = body.any("value");
    List<String> given = body.texts("tags");
    body.refuseWrong();
    List<String> tags =
        body.has("tags")
            ? given
            : store.variables().find(name).map(Variable::tags).orElse(List.of());
    Optional<Instant> seen = Etag.seen(request);
    if (seen.isEmpty()) {
      try {
        store.variables().set(name, JsonTree.write(value), tags);
      } catch (IllegalArgumentException e) {
        throw Refused.badField("name", String.valueOf(e.getMessage()));
      }
    } else if (!store.variables().replace(name, JsonTree.write(value), tags, seen.get())) {
      throw Etag.changed();
    }
    return shown(find(request));
  }
}
