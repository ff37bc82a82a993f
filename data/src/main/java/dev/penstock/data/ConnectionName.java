package dev.penstock.data;

import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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

  /// What to connect to. A name is looked up in the environment, in the profile in use, then by the
  /// resolvers that are on the class path. The answer may hold a password.
  ///
  /// @throws UnknownConnection when nobody knows the name
  public ConnectionSettings settings() {
    ServiceLoader<ConnectionResolver> resolvers =
        ServiceLoader.load(ConnectionResolver.class, ConnectionResolver.class.getClassLoader());
    return settings(
        Profiles.settingsOfProcess(), StreamSupport.stream(resolvers.spliterator(), false));
  }

  ConnectionSettings settings(
      Map<String, String> environment, Stream<ConnectionResolver> resolvers) {
    if (isUrl()) {
      return ConnectionSettings.of(value);
    }
    String url = environment.get(variable());
    if (url != null && !url.isBlank()) {
      return ConnectionSettings.of(url);
    }
    return resolvers
        .flatMap(resolver -> resolver.resolve(value).stream())
        .findFirst()
        .orElseThrow(() -> new UnknownConnection(value, variable()));
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
