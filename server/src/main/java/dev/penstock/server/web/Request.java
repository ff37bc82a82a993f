package dev.penstock.server.web;

import dev.penstock.flow.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A request as handlers see it.
///
/// @param path decoded, such as `/runs/1234`
/// @param variables of the path, by the names that the route has for them
/// @param header the value of a header by its name; empty when it was not sent
/// @param body read when it is first asked for
/// @param address from where it came
/// @param who makes it
public record Request(
    String method,
    String path,
    Fields query,
    Map<String, String> variables,
    Function<String, Optional<String>> header,
    Supplier<byte[]> body,
    String address,
    Identity who) {

  Request with(Map<String, String> found) {
    return new Request(method, path, query, found, header, body, address, who);
  }

  Request by(Identity identity) {
    return new Request(method, path, query, variables, header, body, address, identity);
  }

  /// A variable of the path.
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no variable " + name);
    }
    return value;
  }

  public Viewer viewer() {
    return Viewer.of(header.apply("cookie").orElse(""), who);
  }

  /// The value of a cookie.
  public Optional<String> cookie(String name) {
    String cookies = header.apply("cookie").orElse("");
    return Arrays.stream(cookies.split(";"))
        .map(String::strip)
        .filter(cookie -> cookie.startsWith(name + "="))
        .map(cookie -> cookie.substring(name.length() + 1))
        .findFirst();
  }

  /// Whether it came to us, or to a proxy that says so, by TLS.
  public boolean secure() {
    return header.apply("x-forwarded-proto").orElse("").equalsIgnoreCase("https");
  }

  /// Whether a form was sent.
  public boolean isForm() {
    return type().startsWith("application/x-www-form-urlencoded");
  }

  private String type() {
    return header.apply("content-type").orElse("").toLowerCase(Locale.ROOT);
  }

  /// The fields of a form that was sent.
  public Fields form() {
    return Fields.parse(new String(body.get(), StandardCharsets.UTF_8));
  }

  /// The JSON object that was sent; an empty one when nothing was.
  public Map<String, @Nullable Object> json() {
    String text = new String(body.get(), StandardCharsets.UTF_8);
    if (text.isBlank()) {
      return Map.of();
    }
    if (!type().startsWith("application/json")) {
      throw new Refused(
          415,
          "The body is of another type",
          "send it with Content-Type: application/json",
          java.util.List.of());
    }
    try {
      return JsonTree.readObject(text);
    } catch (IllegalArgumentException e) {
      throw Refused.badRequest("the body is " + e.getMessage());
    }
  }
}
