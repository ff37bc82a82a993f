package dev.penstock.server.oidc;

import dev.penstock.data.Secret;
import dev.penstock.flow.store.Role;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which identity provider people log in by, and what it says of them.
///
/// @param issuer its URL, as it calls itself
/// @param client how it knows this server
/// @param secret by which this server proves who it is; null for a public client
/// @param nameClaim which claim is the name of a user
/// @param roleClaim which claim has their roles or groups
/// @param roles the roles that values of that claim mean
/// @param scopes asked for
public record OidcSettings(
    URI issuer,
    String client,
    @Nullable Secret secret,
    String nameClaim,
    String roleClaim,
    Map<String, Role> roles,
    String scopes) {
  private static final String PREFIX = "PENSTOCK_OIDC_";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  public OidcSettings {
    boolean here = issuer.getHost() != null && LOOPBACK.contains(issuer.getHost());
    if (!"https".equals(issuer.getScheme()) && !here) {
      throw new IllegalArgumentException(
          PREFIX + "ISSUER must be a URL with https, was \"" + issuer + "\"");
    }
    roles = Map.copyOf(roles);
  }

  /// Those that these variables have; empty when they name no issuer.
  ///
  /// @throws IllegalArgumentException when one is missing, or is nothing of its kind
  public static Optional<OidcSettings> of(Map<String, String> environment) {
    String issuer = environment.getOrDefault(PREFIX + "ISSUER", "").strip();
    if (issuer.isEmpty()) {
      return Optional.empty();
    }
    String client = environment.getOrDefault(PREFIX + "CLIENT_ID", "").strip();
    if (client.isEmpty()) {
      throw new IllegalArgumentException(PREFIX + "CLIENT_ID must be set beside the issuer");
    }
    String secret = environment.getOrDefault(PREFIX + "CLIENT_SECRET", "").strip();
    return Optional.of(
        new OidcSettings(
            URI.create(issuer),
            client,
            secret.isEmpty() ? null : Secret.of(secret),
            environment.getOrDefault(PREFIX + "NAME_CLAIM", "preferred_username"),
            environment.getOrDefault(PREFIX + "ROLE_CLAIM", "roles"),
            roles(environment.getOrDefault(PREFIX + "ROLES", "")),
            environment.getOrDefault(PREFIX + "SCOPES", "openid profile email")));
  }

  private static Map<String, Role> roles(String text) {
    Map<String, Role> roles = new LinkedHashMap<>();
    for (String pair : text.split(",")) {
      int equals = pair.lastIndexOf('=');
      if (equals > 0) {
        roles.put(pair.substring(0, equals).strip(), Role.of(pair.substring(equals + 1).strip()));
      } else if (!pair.isBlank()) {
        throw new IllegalArgumentException(
            PREFIX + "ROLES are pairs such as etl-team=operator, was \"" + pair.strip() + "\"");
      }
    }
    for (Role role : List.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN)) {
      roles.putIfAbsent(role.word(), role);
    }
    return roles;
  }

  /// The highest role of somebody of whom this is claimed; empty for none.
  Optional<Role> role(@Nullable Object claimed) {
    List<?> values =
        claimed instanceof List<?> list ? list : claimed == null ? List.of() : List.of(claimed);
    return values.stream()
        .map(value -> roles.get(String.valueOf(value)))
        .filter(java.util.Objects::nonNull)
        .max(java.util.Comparator.naturalOrder());
  }
}
