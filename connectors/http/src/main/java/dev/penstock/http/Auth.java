package dev.penstock.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How requests say who sends them. Never shown: it holds secrets.
sealed interface Auth {

  /// Sends nothing.
  record None() implements Auth {}

  /// Sends a header.
  record Header(String name, String value) implements Auth {}

  /// Adds a parameter to the URL.
  record Parameter(String name, String value) implements Auth {}

  /// Gets a token by OAuth2's client credentials, and sends that.
  ///
  /// @param scope empty for none
  record ClientCredentials(URI tokenUrl, String clientId, String clientSecret, String scope)
      implements Auth {
    String basic() {
      return Auth.basic(clientId, clientSecret);
    }
  }

  /// What the settings of a connection mean.
  ///
  /// @throws IllegalArgumentException when they contradict each other
  static Auth of(Map<String, String> settings, URI base) {
    String user = settings.get("user");
    String tokenUrl = settings.get("token_url");
    String token = settings.get("token");
    String key = settings.get("api_key");
    int ways = (user == null ? 0 : 1) + (token == null ? 0 : 1) + (key == null ? 0 : 1);
    if (ways > 1) {
      throw new IllegalArgumentException(
          "give one of: a user and a password, a token, an API key; several were given");
    }
    if (tokenUrl != null) {
      return credentials(settings, base.resolve(tokenUrl));
    }
    if (user != null) {
      return new Header("Authorization", basic(user, settings.getOrDefault("password", "")));
    }
    if (token != null) {
      return new Header("Authorization", "Bearer " + sendable("token", token));
    }
    return key == null ? new None() : apiKey(settings.get("api_key_in"), key);
  }

  private static Auth credentials(Map<String, String> settings, URI tokenUrl) {
    String user = settings.get("user");
    String password = settings.get("password");
    if (user == null || password == null) {
      throw new IllegalArgumentException(
          "a token_url needs the client's id as user and its secret as password");
    }
    return new ClientCredentials(tokenUrl, user, password, settings.getOrDefault("scope", ""));
  }

  private static Auth apiKey(@Nullable String in, String key) {
    return in != null && in.startsWith("?")
        ? new Parameter(in.substring(1), key)
        : new Header(in == null ? "X-Api-Key" : in, sendable("api_key", key));
  }

  private static String basic(String user, String password) {
    byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  /// The client would show a value that no header can hold.
  private static String sendable(String name, String secret) {
    if (!secret.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException(
          "the "
              + name
              + " has a character that no header can hold; a line end at its end, as files have it, is one");
    }
    return secret;
  }
}
