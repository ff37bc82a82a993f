package dev.penstock.kafka;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/// What a client of Kafka is told of a connection: the servers, how to log in, and all properties
/// that Kafka documents.
record ClientSettings(
    ConnectionSettings connection, String servers, Map<String, String> properties) {
  static final String SCHEME = "kafka://";

  /// @throws IllegalArgumentException when the URL is none of Kafka's
  static ClientSettings of(ConnectionName name) {
    ConnectionSettings connection = name.settings();
    String url = connection.url();
    if (!url.startsWith(SCHEME)) {
      throw new IllegalArgumentException(
          "the URL of connection %s must begin with \"%s\", such as kafka://host:9092, was %s"
              .formatted(name, SCHEME, connection));
    }
    Map<String, String> properties = new LinkedHashMap<>();
    int query = url.indexOf('?');
    String authority = url.substring(SCHEME.length(), query < 0 ? url.length() : query);
    if (query >= 0) {
      for (String setting : url.substring(query + 1).split("&")) {
        int equal = setting.indexOf('=');
        if (equal < 1) {
          throw new IllegalArgumentException(
              "a setting in the URL of connection %s must be name=value; in %s one is not"
                  .formatted(name, connection));
        }
        properties.put(setting.substring(0, equal), decode(setting.substring(equal + 1)));
      }
    }
    properties.putAll(connection.properties());
    connection.secrets().forEach((key, secret) -> properties.put(key, secret.reveal()));
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      String[] login = authority.substring(0, at).split(":", 2);
      properties.putIfAbsent("user", decode(login[0]));
      properties.putIfAbsent("password", login.length > 1 ? decode(login[1]) : "");
    }
    String servers = authority.substring(at + 1);
    if (servers.isBlank()) {
      throw new IllegalArgumentException(
          "the URL of connection %s names no server, was %s".formatted(name, connection));
    }
    logIn(properties);
    return new ClientSettings(connection, servers, Map.copyOf(properties));
  }

  /// Makes of a user and a password what Kafka wants to be told.
  private static void logIn(Map<String, String> properties) {
    String user = properties.remove("user");
    String password = properties.remove("password");
    if (user == null) {
      return;
    }
    properties.putIfAbsent("security.protocol", "SASL_SSL");
    properties.putIfAbsent("sasl.mechanism", "PLAIN");
    String module =
        String.valueOf(properties.get("sasl.mechanism")).startsWith("SCRAM")
            ? "org.apache.kafka.common.security.scram.ScramLoginModule"
            : "org.apache.kafka.common.security.plain.PlainLoginModule";
    properties.putIfAbsent(
        "sasl.jaas.config",
        "%s required username=%s password=%s;"
            .formatted(module, quoted(user), quoted(password == null ? "" : password)));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  String protocol() {
    return properties.getOrDefault("security.protocol", "PLAINTEXT");
  }

  /// A value of the client's, or this.
  String get(String property, String otherwise) {
    return properties.getOrDefault(property, otherwise);
  }

  /// Properties to which those of one client are added; the connection's own come first.
  Properties properties(Map<String, String> defaults) {
    Properties all = new Properties();
    all.putAll(defaults);
    all.putAll(properties);
    all.put("bootstrap.servers", servers);
    return all;
  }

  KafkaFailure failure(String doing, Exception e) {
    String said = String.valueOf(e.getMessage());
    String redacted = redact(said);
    String hint =
        switch (e) {
          case SslAuthenticationException _ ->
              ": %s; look at ssl.truststore.location (%s), which has to hold its certificate, or that of its authority"
                  .formatted(redact(root(e)), get("ssl.truststore.location", "none"));
          case AuthenticationException _ ->
              ": the login was refused; look at its user, password, sasl.mechanism (%s) and security.protocol (%s)"
                  .formatted(get("sasl.mechanism", "none"), protocol());
          case AuthorizationException _ -> ": the user may not do that";
          default -> "";
        };
    return new KafkaFailure(
        doing + ": " + redacted + hint, redacted.equals(said) && !mentions(e) ? e : null);
  }

  private static String root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /// Whether a cause further down would show a secret.
  private boolean mentions(Throwable e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      String said = String.valueOf(cause.getMessage());
      if (!redact(said).equals(said)) {
        return true;
      }
    }
    return false;
  }

  private String redact(String text) {
    String redacted = connection.redact(text);
    for (String hidden : new String[] {"sasl.jaas.config"}) {
      String value = properties.get(hidden);
      redacted = value == null ? redacted : redacted.replace(value, Secret.of(value).toString());
    }
    return redacted;
  }

  /// The servers alone.
  @Override
  public String toString() {
    return servers;
  }
}
