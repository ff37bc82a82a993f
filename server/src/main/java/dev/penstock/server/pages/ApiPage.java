package dev.penstock.server.pages;

import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// The document of the API, to be read by people.
public final class ApiPage {
  private static final String ROOT = "/api/v1/";

  private final Site site;
  private final Supplier<Map<String, Object>> document;

  ApiPage(Site site, Supplier<Map<String, Object>> document) {
    this.site = site;
    this.document = document;
  }

  /// Something that can be asked.
  ///
  /// @param takes what may be sent, in the query or in the body
  public record Call(String method, String path, String summary, List<Member> takes) {}

  /// @param in `header`, `query` or `body`
  public record Member(String name, String in, String type, String description) {}

  List<Route> routes() {
    return List.of(Route.get("/api", this::show));
  }

  private Answer show(Request request) {
    Map<String, List<Call>> groups = new LinkedHashMap<>();
    object(document.get(), "paths")
        .forEach((path, methods) ->
            ((Map<?, ?>) methods)
                .forEach((method, operation) ->
                    groups
                        .computeIfAbsent(group(String.valueOf(path)), _ -> new ArrayList<>())
                        .add(
                            call(
                                String.valueOf(method),
                                String.valueOf(path),
                                (Map<?, ?>) operation))));
    Shell shell = site.shell(request, "API", "api", List.of(new Shell.Crumb("API", "")));
    return site.page("api", shell, Map.of("groups", groups));
  }

  /// The first word of a path.
  private static String group(String path) {
    return path.substring(ROOT.length()).split("/", 2)[0];
  }

  private static Call call(String method, String path, Map<?, ?> operation) {
    List<Member> takes = new ArrayList<>();
    if (operation.get("parameters") instanceof List<?> parameters) {
      for (Object each : parameters) {
        Map<?, ?> parameter = (Map<?, ?>) each;
        if (!"path".equals(parameter.get("in"))) {
          takes.add(
              new Member(
                  text(parameter, "name"),
                  text(parameter, "in"),
                  type(object(parameter, "schema")),
                  text(parameter, "description")));
        }
      }
    }
    Map<?, ?> content = object(object(operation, "requestBody"), "content");
    object(object(object(content, "application/json"), "schema"), "properties")
        .forEach((name, property) ->
            takes.add(
                new Member(
                    String.valueOf(name),
                    "body",
                    type((Map<?, ?>) property),
                    text((Map<?, ?>) property, "description"))));
    return new Call(method.toUpperCase(Locale.ROOT), path, text(operation, "summary"), takes);
  }

  /// `string`; `integer or null`; `any`.
  private static String type(Map<?, ?> schema) {
    return switch (schema.get("type")) {
      case String type -> type;
      case List<?> types -> String.join(" or ", types.stream().map(String::valueOf).toList());
      case null, default -> "any";
    };
  }

  private static Map<?, ?> object(Map<?, ?> of, String name) {
    return of.get(name) instanceof Map<?, ?> object ? object : Map.of();
  }

  private static String text(Map<?, ?> of, String name) {
    return of.get(name) instanceof String text ? text : "";
  }
}
