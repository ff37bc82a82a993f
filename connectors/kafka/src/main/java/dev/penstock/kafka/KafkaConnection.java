package dev.penstock.kafka;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import dev.penstock.data.block.Connectable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of a Kafka cluster, stored as a block: what `connection("kafka")` stands for when
/// there is a block of that name.
///
/// @param servers `host:9092,other:9092`
/// @param user with a password: clients log in by SASL, by the mechanism PLAIN over TLS, unless the
///   properties say otherwise
/// @param truststorePassword of `ssl.truststore.location`
/// @param keystorePassword of `ssl.keystore.location`
/// @param keyPassword of the key in it, if that has its own
/// @param properties what else clients are told, as Kafka's documentation names it
public record KafkaConnection(
    String servers,
    @Nullable String user,
    @Nullable Secret password,
    @Nullable Secret truststorePassword,
    @Nullable Secret keystorePassword,
    @Nullable Secret keyPassword,
    @Nullable Map<String, String> properties)
    implements Connectable {
  public KafkaConnection {
    if (!servers.matches("[^\\s/?@:,]+:\\d+(,[^\\s/?@:,]+:\\d+)*")) {
      throw new IllegalArgumentException(
          "servers must be host:port, or several with commas between them, was \""
              + servers.replaceAll(".*@", "***@")
              + "\"");
    }
    properties = properties == null ? null : Map.copyOf(properties);
    if (properties != null) {
      properties.keySet().forEach(KafkaConnection::requireOpen);
    }
  }

  /// Properties are stored in clear.
  private static void requireOpen(String property) {
    if (property.equals("sasl.jaas.config") || property.endsWith("password")) {
      throw new IllegalArgumentException(
          "property \"%s\" holds a secret, and properties are stored in clear: give user and password, or truststorePassword, keystorePassword and keyPassword, by themselves"
              .formatted(property));
    }
  }

  @Override
  public ConnectionSettings connection() {
    Map<String, String> open = new HashMap<>();
    if (properties != null) {
      open.putAll(properties);
    }
    if (user != null) {
      open.put("user", user);
    }
    Map<String, Secret> secrets = new LinkedHashMap<>();
    put(secrets, "password", password);
    put(secrets, "ssl.truststore.password", truststorePassword);
    put(secrets, "ssl.keystore.password", keystorePassword);
    put(secrets, "ssl.key.password", keyPassword);
    return new ConnectionSettings("kafka://" + servers, open, secrets);
  }

  private static void put(Map<String, Secret> secrets, String name, @Nullable Secret secret) {
    if (secret != null) {
      secrets.put(name, secret);
    }
  }
}
