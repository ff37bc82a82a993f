package dev.penstock.server;

import java.util.Set;

/// Where a server listens.
///
/// @param host of this machine's own loopback interface
/// @param port 0 for any free one
public record ServerAddress(String host, int port) {
  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 4300;

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  /// @throws IllegalArgumentException when others could reach it, or there is no such port
  public ServerAddress {
    if (!LOOPBACK.contains(host)) {
      throw new IllegalArgumentException(
          "the server does not listen on \""
              + host
              + "\": it has no logins yet, so whoever reaches it may do everything;"
              + " it listens on 127.0.0.1, localhost or ::1,"
              + " and from elsewhere it is reached through a tunnel, such as ssh -L 4300:127.0.0.1:4300");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is from 1 to 65535, was " + port);
    }
  }
}
