package dev.penstock.http;

import dev.penstock.data.BadText;
import dev.penstock.data.ConnectionName;
import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.DidYouMean;
import dev.penstock.data.Redaction;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where an API is and how to get in, as a connection says. Never shown: it holds secrets.
///
/// @param name of the connection, for messages: without what stands behind `#`
/// @param base the URL that paths are added to, without user and fragment
/// @param secrets texts that no message may show
record ApiSettings(String name, URI base, Auth auth, Optional<URI> proxy, Set<String> secrets) {
  private static final List<String> KNOWN =
      List.of("user", "password", "token", "api_key", "api_key_in", "token_url", "scope", "proxy");

  /// @throws IllegalArgumentException when the connection is none to an API
  static ApiSettings of(ConnectionName connectionName) {
    String name = shown(connectionName);
    ConnectionSettings connection = connectionName.settings();
    String url = connection.url();
    int hash = url.indexOf('#');
    URI uri = uri(hash < 0 ? url : url.substring(0, hash));
    Map<String, String> given = new LinkedHashMap<>();
    if (hash >= 0) {
      fragment(name, url.substring(hash + 1), given);
    }
    given.putAll(connection.properties());
    connection.secrets().forEach((key, secret) -> given.put(key, secret.reveal()));
    String user = uri.getUserInfo();
    if (user != null) {
      String[] login = user.split(":", 2);
      given.putIfAbsent("user", login[0]);
      given.putIfAbsent("password", login.length > 1 ? login[1] : "");
    }
    URI base = Exchange.withoutUser(uri);
    try {
      Optional<URI> proxy = Optional.ofNullable(given.get("proxy")).map(ApiSettings::proxy);
      return new ApiSettings(name, base, Auth.of(given, base), proxy, secrets(given));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("connection " + name + ": " + e.getMessage(), e);
    }
  }

  /// A connection, for messages and `explain()`.
  static String shown(ConnectionName name) {
    return Redaction.url(name.value().replaceFirst("#.*", ""));
  }

  /// @throws BadText when it is no URL of HTTP
  static URI uri(String url) {
    try {
      URI uri = new URI(url);
      String scheme = String.valueOf(uri.getScheme());
      boolean http = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
      if (http && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new BadText(Redaction.url(url), "a URL: " + e.getReason());
    }
    throw new BadText(Redaction.url(url), "a URL that begins with https:// or http://");
  }

  private static URI proxy(String url) {
    URI proxy = uri(url);
    if (proxy.getPort() < 0 || proxy.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "a proxy is http://host:port without a user, was " + Redaction.url(url));
    }
    return proxy;
  }

  /// What stands behind `#` is for the client, and never sent.
  private static void fragment(String name, String fragment, Map<String, String> into) {
    for (String setting : fragment.split("&")) {
      int equal = setting.indexOf('=');
      String key = equal < 0 ? setting : setting.substring(0, equal);
      if (equal < 1 || !KNOWN.contains(key)) {
        throw new IllegalArgumentException(
            "behind \"#\" in the URL of connection %s there are settings such as token=…: one of %s; %s is none%s"
                .formatted(
                    name,
                    KNOWN,
                    BadText.quoted(equal < 0 ? "***" : key),
                    DidYouMean.hint(key, KNOWN)));
      }
      String value = setting.substring(equal + 1).replace("+", "%2B");
      into.put(key, URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
  }

  private static Set<String> secrets(Map<String, String> given) {
    Set<String> secrets = new LinkedHashSet<>();
    Stream.of("password", "token", "api_key")
        .map(given::get)
        .filter(secret -> secret != null && !secret.isEmpty())
        .forEach(secret -> {
          secrets.add(secret);
          secrets.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        });
    return secrets;
  }

  /// A text without the secrets of this connection.
  String redact(String text) {
    String redacted = Redaction.url(text);
    for (String secret : secrets) {
      redacted = redacted.replace(secret, "***");
    }
    return switch (auth) {
      case Auth.Header(_, String value) ->
          redacted.replace(value.replaceFirst("^(Basic|Bearer) ", ""), "***");
      case Auth.ClientCredentials credentials ->
          redacted.replace(credentials.basic().substring("Basic ".length()), "***");
      case Auth.None _, Auth.Parameter _ -> redacted;
    };
  }

  /// The name alone.
  @Override
  public String toString() {
    return name;
  }
}
