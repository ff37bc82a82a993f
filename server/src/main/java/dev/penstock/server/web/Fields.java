package dev.penstock.server.web;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/// Names and their values, of the query of a URL or of a form that was sent. Immutable.
public final class Fields {
  /// None.
  public static final Fields NONE = new Fields(Map.of());

  private final Map<String, List<String>> values;

  private Fields(Map<String, List<String>> values) {
    this.values = values;
  }

  /// Those of a text like `state=Failed&tag=a&tag=b`.
  ///
  /// @throws Refused when it is not written like that
  public static Fields parse(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : text.split("&")) {
      if (!pair.isEmpty()) {
        int sign = pair.indexOf('=');
        String name = decode(sign < 0 ? pair : pair.substring(0, sign));
        String value = sign < 0 ? "" : decode(pair.substring(sign + 1));
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      }
    }
    return new Fields(values);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refused.badRequest("the address or the form is not encoded as it should be: " + text);
    }
  }

  /// The first value of a name, without white space around it; empty when that is blank too.
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /// All values of a name that are not blank, without white space around them.
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of()).stream()
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /// The first value of a name as it was sent; empty when it was not.
  public Optional<String> raw(String name) {
    return values.getOrDefault(name, List.of()).stream().findFirst();
  }

  public Iterable<String> names() {
    return values.keySet();
  }

  /// All of them as they stand in an address; empty for none.
  public String text() {
    StringJoiner text = new StringJoiner("&");
    values.forEach(
        (name, all) -> all.forEach(value -> text.add(encode(name) + "=" + encode(value))));
    return text.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
