package dev.penstock.data;

import java.io.Serializable;
import java.util.Locale;
import java.util.Map;

/// The name of an external system, or its URL. A name is resolved late, by the process that
/// connects, so that a plan never carries a secret.
///
/// @param value a name like `warehouse`, or a URL like `jdbc:duckdb:trips.duckdb`, told apart by
///   the colon; may hold a secret: for messages there is [#toString]
public record ConnectionName(String value) implements Serializable {
  public ConnectionName {
    if (value.isBlank()) {
      throw new IllegalArgumentException("the name of a connection must not be blank");
    }
  }

  /// Whether this is a URL already.
  public boolean isUrl() {
    return value.indexOf(':') >= 0;
  }

  /// The URL, looked up in the environment if this is a name. It may hold a password.
  ///
  /// @throws UnknownConnection when the environment does not know the name
  public String url() {
    return url(System.getenv());
  }

  String url(Map<String, String> environment) {
    if (isUrl()) {
      return value;
    }
    String url = environment.get(variable());
    if (url == null || url.isBlank()) {
      throw new UnknownConnection(value, variable());
    }
    return url;
  }

  /// The environment variable that holds the URL: `PENSTOCK_CONNECTION_WAREHOUSE`.
  private String variable() {
    return "PENSTOCK_CONNECTION_" + value.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /// The name, or the URL without its secrets.
  @Override
  public String toString() {
    return Redaction.url(value);
  }
}
