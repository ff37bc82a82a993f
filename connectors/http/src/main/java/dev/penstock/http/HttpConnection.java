package dev.penstock.http;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import dev.penstock.data.block.Connectable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of an API, stored as a block: what `connection("crm")` stands for when there is a
/// block of that name.
///
/// @param url where its paths begin: `https://crm.example.org/api/v2`
/// @param user with a password: HTTP basic authentication, or the client id where there is a
///   `tokenUrl`
/// @param token sent as `Authorization: Bearer …`
/// @param apiKey sent as `apiKeyIn` says
/// @param apiKeyIn the name of a header, `X-Api-Key` if not said, or of a parameter of the URL with
///   a question mark: `?key`
/// @param tokenUrl where tokens are had for user and password by OAuth2's client credentials
/// @param scope of these tokens
/// @param proxy `http://host:port`
public record HttpConnection(
    String url,
    @Nullable String user,
    @Nullable Secret password,
    @Nullable Secret token,
    @Nullable Secret apiKey,
    @Nullable String apiKeyIn,
    @Nullable String tokenUrl,
    @Nullable String scope,
    @Nullable String proxy)
    implements Connectable {
  public HttpConnection {
    if (!url.matches("(?i)https?://[^\\s/?#@]+(/[^\\s#]*)?")) {
      throw new IllegalArgumentException(
          "url must begin with https:// or http://, with neither user nor \"#\" in it, was \""
              + url.replaceAll("//.*@", "//***@").replaceAll("#.*", "#***")
              + "\"");
    }
  }

  @Override
  public ConnectionSettings connection() {
    Map<String, String> open = new HashMap<>();
    put(open, "user", user);
    put(open, "api_key_in", apiKeyIn);
    put(open, "token_url", tokenUrl);
    put(open, "scope", scope);
    put(open, "proxy", proxy);
    Map<String, Secret> secrets = new LinkedHashMap<>();
    put(secrets, "password", password);
    put(secrets, "token", token);
    put(secrets, "api_key", apiKey);
    return new ConnectionSettings(url, open, secrets);
  }

  private static <V> void put(Map<String, V> to, String name, @Nullable V value) {
    if (value != null) {
      to.put(name, value);
    }
  }
}
