package dev.penstock.server.pages;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.Variable;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.List;
import java.util.Map;

/// The page of the variables: they are seen, set and deleted there.
final class VariablesPage {
  private final Site site;

  VariablesPage(Site site) {
    this.site = site;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/variables", request -> show(request, 200, edited(request))),
        Route.post("/variables", this::set),
        Route.post("/variables/{name}/delete", this::delete));
  }

  /// The form as the address wants it: of a variable that is to be changed, or empty.
  private EditForm edited(Request request) {
    return request
        .query()
        .first("edit")
        .flatMap(name -> site.store().variables().find(name))
        .map(each ->
            EditForm.of(
                Map.of(
                    "name",
                    each.name(),
                    "value",
                    each.text(),
                    "tags",
                    String.join(", ", each.tags()))))
        .orElse(EditForm.EMPTY);
  }

  private Answer show(Request request, int status, EditForm form) {
    List<Variable> variables = site.store().variables().list();
    Shell shell =
        site.shell(request, "Variables", "variables", List.of(new Shell.Crumb("Variables", "")));
    return site.page(status, "variables", shell, Map.of("variables", variables, "form", form));
  }

  private Answer set(Request request) {
    Fields form = request.form();
    String value = form.raw("value").orElse("");
    try {
      site.store()
          .variables()
          .set(form.first("name").orElse(""), json(value), EditForm.list(form, "tags"));
      return Answer.seeOther("/variables");
    } catch (IllegalArgumentException e) {
      return show(request, 422, EditForm.of(form).wrong("name", e));
    }
  }

  /// What is no JSON is a text, as on the command line.
  private static String json(String value) {
    return isJson(value) ? value : JsonTree.write(value);
  }

  private static boolean isJson(String value) {
    try {
      JsonTree.read(value);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Answer delete(Request request) {
    String name = request.variable("name");
    if (!site.store().variables().delete(name)) {
      throw Refused.notFound("there is no variable " + name);
    }
    return Answer.seeOther("/variables");
  }
}
