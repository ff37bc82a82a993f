package dev.penstock.server.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is done for requests with one method and paths of one shape.
///
/// @param path such as `/runs/{id}`
public record Route(String method, String path, Handler handler) {

  /// Answers requests.
  @FunctionalInterface
  public interface Handler {
    /// @throws Refused when it cannot be done
    Answer answer(Request request);
  }

  public static Route get(String path, Handler handler) {
    return new Route("GET", path, handler);
  }

  public static Route post(String path, Handler handler) {
    return new Route("POST", path, handler);
  }

  boolean hasVariables() {
    return path.contains("{");
  }

  /// The variables of a path; empty when it has another shape.
  Optional<Map<String, String>> match(String wanted) {
    List<String> shape = List.of(path.split("/", -1));
    List<String> parts = List.of(wanted.split("/", -1));
    if (shape.size() != parts.size()) {
      return Optional.empty();
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < shape.size(); i++) {
      String form = shape.get(i);
      if (form.startsWith("{")) {
        if (parts.get(i).isEmpty()) {
          return Optional.empty();
        }
        variables.put(form.substring(1, form.length() - 1), parts.get(i));
      } else if (!form.equals(parts.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }
}
