package dev.penstock.http;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The parameters of URLs.
final class Queries {
  private Queries() {}

  /// The URL with this parameter, in place of another value of it.
  static URI with(URI uri, String name, String value) {
    List<String> parts = others(uri, name);
    parts.add(encoded(name) + "=" + encoded(value));
    return withQuery(uri, parts);
  }

  /// The URL without this parameter.
  static URI without(URI uri, String name) {
    return withQuery(uri, others(uri, name));
  }

  private static List<String> others(URI uri, String name) {
    List<String> parts = new ArrayList<>();
    String query = uri.getRawQuery();
    for (String part : query == null ? new String[0] : query.split("&")) {
      String known = part.split("=", 2)[0];
      if (!part.isEmpty() && !URLDecoder.decode(known, StandardCharsets.UTF_8).equals(name)) {
        parts.add(part);
      }
    }
    return parts;
  }

  private static URI withQuery(URI uri, List<String> parts) {
    String text = uri.toString().replaceFirst("[?#].*", "");
    return URI.create(parts.isEmpty() ? text : text + "?" + String.join("&", parts));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
