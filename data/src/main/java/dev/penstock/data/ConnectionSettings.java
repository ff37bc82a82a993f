package dev.penstock.data;

import java.util.Map;

/// Where an external system is and how to get in: what a [ConnectionName] stands for.
///
/// @param url may hold a password: for messages there is [#toString]
/// @param properties what else its client is told, such as the user
/// @param secrets the same for what nobody must see, such as the password
public record ConnectionSettings(
    String url, Map<String, String> properties, Map<String, Secret> secrets) {
  public ConnectionSettings {
    properties = Map.copyOf(properties);
    secrets = Map.copyOf(secrets);
  }

  public static ConnectionSettings of(String url) {
    return new ConnectionSettings(url, Map.of(), Map.of());
  }

  /// A text, such as a client's message, without the secrets of this connection.
  public String redact(String text) {
    String redacted = text.replace(url, Redaction.url(url));
    for (Secret secret : secrets.values()) {
      if (!secret.reveal().isEmpty()) {
        redacted = redacted.replace(secret.reveal(), secret.toString());
      }
    }
    return redacted;
  }

  /// The URL without its secrets.
  @Override
  public String toString() {
    return Redaction.url(url);
  }
}
