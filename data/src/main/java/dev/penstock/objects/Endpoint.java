package dev.penstock.objects;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A server that speaks the protocol of a store and is not the store itself.
final class Endpoint {
  private Endpoint() {}

  static void require(@Nullable String endpoint) {
    if (endpoint != null && !endpoint.matches("https?://[^\\s/?@]+/?")) {
      throw new IllegalArgumentException(
          "endpoint must be https://host:port, was \""
              + endpoint.replaceAll("//.*@", "//***@")
              + "\"");
    }
  }

  /// What a connection there is told.
  ///
  /// @param endpoint null for the store itself
  static ConnectionSettings settings(
      String scheme,
      @Nullable String endpoint,
      Map<String, String> properties,
      Map<String, Secret> secrets) {
    if (endpoint == null) {
      return new ConnectionSettings(scheme + ":", properties, secrets);
    }
    Map<String, String> open = new HashMap<>(properties);
    open.put("tls", "" + endpoint.startsWith("https:"));
    String host = endpoint.replaceFirst("https?://", "").replaceFirst("/$", "");
    return new ConnectionSettings(scheme + "://" + host, open, secrets);
  }
}
