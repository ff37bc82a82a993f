package dev.penstock.server.web;

import dev.penstock.flow.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A request as handlers see it.
///
/// @param path decoded, such as `/runs/1234`
/// @param variables of the path, by the names that the route has for them
/// @param header the value of a header by its name; empty when it was not sent
/// @param body read when it is first asked for; see [#text]
/// @param address from where it came
/// @param who makes it
public record Request(
    String method,
    String path,
    Fields query,
    Map<String, String> variables,
    Function<String, Optional<String>> header,
    Content body,
    String address,
    Identity who) {
  private static final int USUAL = 1 << 20;

  /// What was sent after the headers.
  @FunctionalInterface
  public interface Content {
    /// @throws Refused when it is longer
    byte[] read(int most);
  }

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

  /// Where the server is as whoever asks knows it: `https://penstock.example.org`.
  public String root() {
    String host = header.apply("host").orElse("localhost");
    return (secure() ? "https://" : "http://") + host;
  }

  /// Where somebody wants to go, if that is a page of this server; never another's.
  public String here(String wanted) {
    boolean plain = wanted.startsWith("/") && wanted.chars().allMatch(c -> c > ' ' && c != '\\');
    return plain && !wanted.startsWith("//") ? wanted : "/";
  }

  /// Whether a form was sent.
  public boolean isForm() {
    return type().startsWith("application/x-www-form-urlencoded");
  }

  /// The text that was sent.
  ///
  /// @param most how many bytes of it
  public String text(int most) {
    return new String(body.read(most), StandardCharsets.UTF_8);
  }

  private String type() {
    return header.apply("content-type").orElse("").toLowerCase(Locale.ROOT);
  }

  /// The fields of a form that was sent.
  public Fields form() {
    return Fields.parse(new String(body.read(USUAL), StandardCharsets.UTF_8));
  }

  /// The JSON object that was sent; an empty one when nothing was.
  public Map<String, @Nullable Object> json() {
    String text = new String(body.read(USUAL), StandardCharsets.UTF_8);
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
