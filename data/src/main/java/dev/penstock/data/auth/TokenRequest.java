package dev.penstock.data.auth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// How a token is asked for.
///
/// @param form what is posted, as `name=value&…`; null for a plain look
public record TokenRequest(URI address, @Nullable String form, Map<String, String> headers) {

  /// A form that is posted.
  ///
  /// @param pairs names and values in turn
  public static TokenRequest post(URI address, String... pairs) {
    StringJoiner form = new StringJoiner("&");
    for (int i = 0; i < pairs.length; i += 2) {
      form.add(pairs[i] + "=" + URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return new TokenRequest(address, form.toString(), Map.of());
  }

  /// Where it went alone: the rest is secret.
  @Override
  public String toString() {
    return "a request to " + address.getAuthority();
  }
}
