package dev.penstock.server.api;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.Variable;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
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
          Operation.Parameter.required("value", "any", "Any JSON value."),
          new Operation.Parameter("tags", "array", "Without it those there are stay."));

  private final Store store;
  private final Edits edits;

  VariableCalls(Store store) {
    this.store = store;
    this.edits = new Edits(store.auditLog());
  }

  List<Operation> operations() {
    return List.of(
        Operation.list(
            ALL,
            "listVariables",
            "All variables, by name.",
            "VariablePage",
            List.of("name"),
            () -> store.variables().list().stream().map(VariableCalls::json).toList()),
        Operation.get(
            ONE, "getVariable", "A variable.", "Variable", request -> shown(find(request))),
        Operation.put(
            ONE,
            "setVariable",
            "Sets a variable that is not there, or with If-Match one that is as it was read.",
            BODY,
            "Variable",
            this::set),
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
    edits.save(
        request,
        new Edits.Thing("variable", List.of(name)),
        () -> store.variables().find(name),
        each -> Etag.of(each.updated()),
        there -> {
          List<String> tags =
              body.has("tags") ? given : there.map(Variable::tags).orElse(List.of());
          return write(name, JsonTree.write(value), tags, there);
        });
    return shown(find(request));
  }

  private boolean write(String name, String json, List<String> tags, Optional<Variable> there) {
    try {
      return there.isPresent()
          ? store.variables().replace(name, json, tags, there.get().updated())
          : store.variables().create(name, json, tags);
    } catch (IllegalArgumentException e) {
      throw Refused.badField("name", String.valueOf(e.getMessage()));
    }
  }
}
