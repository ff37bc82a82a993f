package dev.penstock.flow.remote;

import dev.penstock.data.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a server is, and the key that it is asked with.
///
/// @param key null where nobody logs in
public record ServerUrl(URI url, @Nullable Secret key) {
  /// Names the server.
  public static final String URL = "PENSTOCK_API_URL";

  /// Holds the key.
  public static final String KEY = "PENSTOCK_API_KEY";

  private static final String ROOT = "/api/v1/store/";

  /// The one that these variables name, if any.
  ///
  /// @throws IllegalArgumentException when what they name is no URL of a server
  public static Optional<ServerUrl> of(Map<String, String> environment) {
    String url = environment.getOrDefault(URL, "").strip();
    String key = environment.getOrDefault(KEY, "").strip();
    return url.isEmpty()
        ? Optional.empty()
        : Optional.of(of(url, key.isEmpty() ? null : Secret.of(key)));
  }

  /// @param url such as `https://penstock.example.org`
  /// @throws IllegalArgumentException when that is no URL of a server
  public static ServerUrl of(String url, @Nullable Secret key) {
    try {
      URI parsed = URI.create(url.replaceFirst("/+$", ""));
      String scheme = String.valueOf(parsed.getScheme());
      if ((scheme.equals("http") || scheme.equals("https")) && parsed.getHost() != null) {
        return new ServerUrl(parsed, key);
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new IllegalArgumentException(
        URL + ": \"" + url + "\" is no URL of a server, such as http://127.0.0.1:4300");
  }

  /// Where something of its store is asked.
  URI at(String word) {
    return URI.create(url + ROOT + word);
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
