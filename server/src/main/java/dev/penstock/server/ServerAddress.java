package dev.penstock.server;

import java.util.Set;

/// Where a server listens.
///
/// @param port 0 for any free one
/// @param proxied whether a proxy stands in front of it, whose `X-Forwarded-For` is believed
public record ServerAddress(String host, int port, boolean proxied) {
  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 4300;

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  /// @throws IllegalArgumentException when there is no such port
  public ServerAddress {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is from 1 to 65535, was " + port);
    }
  }

  public ServerAddress(String host, int port) {
    this(host, port, false);
  }

  /// Whether only this machine reaches it.
  public boolean loopback() {
    return LOOPBACK.contains(host);
  }
}
