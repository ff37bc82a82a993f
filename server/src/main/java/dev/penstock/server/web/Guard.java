package dev.penstock.server.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets no request through that a page elsewhere has a browser make: one that sends a form here, or
/// reads pages by a name of its own that it lets point to the loopback address.
public final class Guard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private Guard() {}

  /// Refuses a request by another name than those of this machine, which is to be done where nobody
  /// logs in: a session is bound to the name that it was begun by.
  public static void checkName(Request request) {
    String host = request.header().apply("host").orElse("");
    if (!isLoopback(host)) {
      throw new Refused(
          421,
          "This server goes by another name",
          "it is reached as localhost or 127.0.0.1, not as "
              + (host.isEmpty() ? "a host without a name" : host),
          List.of());
    }
  }

  /// Whether a request changes nothing.
  public static boolean reads(Request request) {
    return READING.contains(request.method());
  }

  /// Refuses a change that a page elsewhere asks for.
  public static void checkOrigin(Request request) {
    String host = request.header().apply("host").orElse("");
    if (!reads(request) && !fromHere(request, host)) {
      throw new Refused(
          403,
          "This came from another site",
          "changes are made from the pages of this server, or by tools that send no Origin",
          List.of());
    }
  }

  private static boolean isLoopback(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon > 0 && host.indexOf(']', colon) < 0;
    return LOOPBACK.contains((port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT));
  }

  private static boolean fromHere(Request request, String host) {
    Optional<String> site = request.header().apply("sec-fetch-site");
    if (site.isPresent() && !site.get().equals("same-origin") && !site.get().equals("none")) {
      return false;
    }
    return request
        .header()
        .apply("origin")
        .map(origin -> host.equals(authority(origin)))
        .orElse(true);
  }

  private static @Nullable String authority(String origin) {
    try {
      return new URI(origin).getAuthority();
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
