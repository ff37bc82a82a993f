package dev.penstock.flow.notify;

import dev.penstock.data.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A mail server, and whom to write to.
///
/// @param port 25, 465 or 587 as a rule
/// @param security how the connection is encrypted
/// @param user null for a server that asks for none
public record Smtp(
    String host,
    int port,
    Security security,
    @Nullable String user,
    @Nullable Secret password,
    String from,
    List<String> to)
    implements Channel {

  /// How a connection to a mail server is encrypted.
  public enum Security {
    NONE,
    /// Begun in clear; refused if the server does not offer to go on encrypted.
    STARTTLS,
    /// Encrypted from its first byte.
    TLS
  }

  public Smtp {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the port must be from 1 to 65535, was " + port);
    }
    if (to.isEmpty()) {
      throw new IllegalArgumentException("at least one address must be given to write to");
    }
    to = List.copyOf(to);
  }

  @Override
  public int send(Message message, Carriers carriers) {
    return new Mail(this, carriers.limit()).send(message);
  }
}
