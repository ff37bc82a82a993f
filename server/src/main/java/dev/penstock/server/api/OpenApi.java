package dev.penstock.server.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The OpenAPI 3.1 document of the API, made from its operations.
final class OpenApi {
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

  private OpenApi() {}

  static Map<String, Object> document(List<Operation> operations) {
    Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
    for (Operation operation : operations) {
      paths
          .computeIfAbsent(operation.route().path(), _ -> new LinkedHashMap<>())
          .put(operation.route().method().toLowerCase(Locale.ROOT), operation(operation));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put("info", Map.of("title", "Penstock", "version", "1"));
    document.put("paths", paths);
    document.put(
        "components",
        Map.of(
            "schemas",
            Schemas.all(),
            "securitySchemes",
            Map.of("key", Map.of("type", "http", "scheme", "bearer"))));
    // Where there are no users, none is needed.
    document.put("security", List.of(Map.of("key", List.of()), Map.of()));
    return document;
  }

  private static Map<String, Object> operation(Operation operation) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("operationId", operation.id());
    json.put("summary", operation.summary());
    List<Map<String, Object>> parameters = new java.util.ArrayList<>();
    Matcher variables = VARIABLE.matcher(operation.route().path());
    while (variables.find()) {
      parameters.add(
          parameter("path", Operation.Parameter.required(variables.group(1), "string", "")));
    }
    for (Operation.Parameter each : operation.headers()) {
      parameters.add(parameter("header", each));
    }
    for (Operation.Parameter each : operation.query()) {
      parameters.add(parameter("query", each));
    }
    if (!parameters.isEmpty()) {
      json.put("parameters", parameters);
    }
    if (!operation.body().isEmpty()) {
      boolean required = operation.body().stream().anyMatch(Operation.Parameter::required);
      json.put(
          "requestBody",
          Map.of("required", required, "content", content("application/json", body(operation))));
    }
    Map<String, Object> answers = new LinkedHashMap<>();
    answers.put(
        String.valueOf(operation.status()),
        Map.of(
            "description",
            operation.summary(),
            "content",
            content("application/json", reference(operation.answer()))));
    answers.put(
        "default",
        Map.of(
            "description",
            "Why it was not done.",
            "content",
            content("application/problem+json", reference("Problem"))));
    json.put("responses", answers);
    return json;
  }

  private static Map<String, Object> parameter(String in, Operation.Parameter parameter) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", parameter.name());
    json.put("in", in);
    json.put("required", parameter.required());
    if (!parameter.description().isEmpty()) {
      json.put("description", parameter.description());
    }
    json.put("schema", type(parameter.type()));
    return json;
  }

  private static Map<String, Object> body(Operation operation) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (Operation.Parameter each : operation.body()) {
      Map<String, Object> member = new LinkedHashMap<>(type(each.type()));
      member.put("description", each.description());
      members.put(each.name(), member);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "object");
    json.put("properties", members);
    List<String> required =
        operation.body().stream()
            .filter(Operation.Parameter::required)
            .map(Operation.Parameter::name)
            .toList();
    if (!required.isEmpty()) {
      json.put("required", required);
    }
    return json;
  }

  private static Map<String, Object> type(String word) {
    if (word.equals("any")) {
      return Map.of();
    }
    return word.endsWith("?")
        ? Map.of("type", List.of(word.substring(0, word.length() - 1), "null"))
        : Map.of("type", word);
  }

  private static Map<String, Object> reference(String schema) {
    return Map.of("$ref", "#/components/schemas/" + schema);
  }

  private static Map<String, Object> content(String type, Map<String, Object> schema) {
    return Map.of(type, Map.of("schema", schema));
  }
}
