package dev.penstock.server.pages;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.Deployment;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form that asks for the parameters of a run, made from their schema.
///
/// @param fields one for each parameter
/// @param others what is wrong with no field in particular
public record RunForm(List<Field> fields, List<String> others) {
  /// In front of the names of parameters, so that none is taken for another field of the form.
  static final String PREFIX = "p.";

  /// A field.
  ///
  /// @param type and default, as the code has it
  /// @param choices which values there are; empty for any
  /// @param value what was typed
  /// @param wrong what is wrong with it; null when nothing is
  public record Field(
      String name,
      String type,
      String hint,
      List<String> choices,
      String value,
      @Nullable String wrong) {}

  /// An empty form.
  static RunForm of(Deployment deployment) {
    return of(deployment, Fields.NONE, List.of());
  }

  /// The form with what was typed and what is wrong with it.
  static RunForm of(Deployment deployment, Fields typed, List<Refused.Field> wrong) {
    Map<String, @Nullable Object> defaults =
        JsonTree.readObject(deployment.settings().parameters());
    String text = deployment.settings().parameterSchema();
    Map<String, @Nullable Object> schema = text == null ? Map.of() : JsonTree.readObject(text);
    List<?> required = schema.get("required") instanceof List<?> list ? list : List.of();
    List<Field> fields = new ArrayList<>();
    List<String> others = new ArrayList<>();
    Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> map ? map : Map.of();
    properties.forEach((key, value) -> {
      String name = String.valueOf(key);
      Map<?, ?> property = value instanceof Map<?, ?> map ? map : Map.of();
      Object given = defaults.containsKey(name) ? defaults.get(name) : property.get("default");
      boolean needed = required.contains(name) && !defaults.containsKey(name);
      fields.add(
          new Field(
              name,
              type(property)
                  + (given != null
                      ? ", default " + plain(given)
                      : needed ? ", required" : ", optional"),
              property.get("description") instanceof String hint ? hint : "",
              choices(property),
              typed.raw(PREFIX + name).orElse(""),
              wrong.stream()
                  .filter(field -> name.equals(field.name()))
                  .map(Refused.Field::message)
                  .findFirst()
                  .orElse(null)));
    });
    wrong.stream()
        .filter(field -> fields.stream().noneMatch(each -> each.name().equals(field.name())))
        .forEach(field -> others.add(field.message()));
    return new RunForm(List.copyOf(fields), List.copyOf(others));
  }

  public long wrong() {
    return fields.stream().filter(field -> field.wrong() != null).count() + others.size();
  }

  private static String type(Map<?, ?> property) {
    Object format = property.get("format");
    Object type = property.get("type");
    return format instanceof String text ? text : type instanceof String text ? text : "JSON";
  }

  private static List<String> choices(Map<?, ?> property) {
    if (property.get("enum") instanceof List<?> values) {
      return values.stream().map(String::valueOf).toList();
    }
    return "boolean".equals(property.get("type")) ? List.of("true", "false") : List.of();
  }

  private static String plain(Object value) {
    return value instanceof String text ? text : JsonTree.write(value);
  }

  /// The parameters that were typed; those that were left empty are not given.
  static Map<String, String> texts(Fields typed) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : typed.names()) {
      if (name.startsWith(PREFIX)) {
        typed.first(name).ifPresent(text -> texts.put(name.substring(PREFIX.length()), text));
      }
    }
    return texts;
  }

  /// The parameter that a problem is about: those begin with its name in quotes.
  static Refused.Field field(String problem) {
    int end = problem.indexOf('"', 1);
    if (!problem.startsWith("\"") || end < 0) {
      return new Refused.Field(null, problem);
    }
    String path = problem.substring(1, end);
    String name = path.split("[.\\[]", 2)[0];
    return new Refused.Field(name, problem);
  }
}
