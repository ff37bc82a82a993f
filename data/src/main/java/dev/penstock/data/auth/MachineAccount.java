package dev.penstock.data.auth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The account that a machine, container or function of Google has. Its metadata server gives the
/// tokens.
record MachineAccount(URI server) implements GoogleCredentials {
  private static final String HOST = "metadata.google.internal";

  /// @param host `host` or `host:port`; null for the usual one
  static MachineAccount at(@Nullable String host) {
    return new MachineAccount(
        URI.create("http://" + (host == null || host.isEmpty() ? HOST : host)));
  }

  @Override
  public TokenRequest tokenRequest(String scope, Instant now) {
    return new TokenRequest(
        server.resolve(
            "/computeMetadata/v1/instance/service-accounts/default/token?scopes="
                + URLEncoder.encode(scope, StandardCharsets.UTF_8)),
        null,
        Map.of("Metadata-Flavor", "Google"));
  }

  @Override
  public String toString() {
    return "the account of this machine (name the file of a service account's key by GOOGLE_APPLICATION_CREDENTIALS if it is no machine of Google)";
  }
}
