package dev.penstock.server.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Parts of addresses.
public final class Urls {
  private Urls() {}

  /// A text as a part of a path or of a query.
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
