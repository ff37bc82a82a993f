package dev.penstock.jdbc;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Redaction;
import dev.penstock.data.Secret;
import dev.penstock.data.block.Connectable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of a database, stored as a block: what `connection("warehouse")` stands for when
/// there is a block of that name.
///
/// @param url without a password: it is stored in clear
/// @param properties what else the driver is told, as its documentation names it
public record JdbcConnection(
    String url,
    @Nullable String user,
    @Nullable Secret password,
    @Nullable Map<String, String> properties)
    implements Connectable {
  public JdbcConnection {
    if (!url.startsWith("jdbc:")) {
      throw new IllegalArgumentException(
          "the URL of a database must begin with \"jdbc:\", was " + Redaction.url(url));
    }
    if (!Redaction.url(url).equals(url)) {
      throw new IllegalArgumentException(
          "the URL of a stored connection must not hold a secret, was "
              + Redaction.url(url)
              + ": give the password by itself");
    }
    properties = properties == null ? null : Map.copyOf(properties);
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
    return new ConnectionSettings(
        url, open, password == null ? Map.of() : Map.of("password", password));
  }
}
