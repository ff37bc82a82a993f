package dev.penstock.server.oidc;

import dev.penstock.flow.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The identity provider: what it says of itself, its keys, and tokens for codes. Safe for use by
/// several threads.
final class Provider {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration KNOWN_FOR = Duration.ofHours(1);

  /// Whoever sends tokens with made-up keys does not make the provider be asked all the time.
  private static final Duration ASKED_AT_MOST = Duration.ofSeconds(30);

  private final OidcSettings settings;
  private final InstantSource clock;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();
  private @Nullable Known known;

  Provider(OidcSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  private record Known(Map<String, @Nullable Object> says, SigningKeys keys, Instant since) {}

  /// Where people log in.
  URI authorization() {
    return endpoint(known(false).says(), "authorization_endpoint");
  }

  /// What the provider says of who has got this code.
  ///
  /// @param verifier which only whoever has begun the login knows
  /// @throws OidcRefused when it says nothing that is to be believed
  IdToken exchange(String code, String redirect, String verifier, String nonce) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirect);
    form.put("code_verifier", verifier);
    form.put("client_id", settings.client());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint(known(false).says(), "token_endpoint"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
    if (settings.secret() != null) {
      String both = encode(settings.client()) + ":" + encode(settings.secret().reveal());
      String basic = Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
      request.header("Authorization", "Basic " + basic);
    }
    Map<String, @Nullable Object> answer = ask(request);
    if (!(answer.get("id_token") instanceof String text)) {
      throw new OidcRefused("the identity provider gave no identity token");
    }
    IdToken token = IdToken.read(text);
    boolean fresh = !known(false).keys().has(token.key(), token.algorithm());
    token.check(settings, known(fresh).keys(), nonce, clock.instant());
    return token;
  }

  /// @param fresh whether what is known may be too old
  private synchronized Known known(boolean fresh) {
    Instant now = clock.instant();
    Known held = known;
    if (held != null) {
      Duration age = Duration.between(held.since(), now);
      if (age.compareTo(fresh ? ASKED_AT_MOST : KNOWN_FOR) < 0) {
        return held;
      }
    }
    URI discovery =
        URI.create(
            settings.issuer().toString().replaceFirst("/+$", "")
                + "/.well-known/openid-configuration");
    Map<String, @Nullable Object> says = ask(HttpRequest.newBuilder(discovery));
    if (!settings.issuer().toString().equals(says.get("issuer"))) {
      throw new OidcRefused("what answers at " + discovery + " calls itself " + says.get("issuer"));
    }
    SigningKeys keys = SigningKeys.of(ask(HttpRequest.newBuilder(endpoint(says, "jwks_uri"))));
    Known found = new Known(says, keys, now);
    known = found;
    return found;
  }

  private static URI endpoint(Map<String, @Nullable Object> says, String name) {
    if (says.get(name) instanceof String url) {
      return URI.create(url);
    }
    throw new OidcRefused("the identity provider does not say its " + name);
  }

  private Map<String, @Nullable Object> ask(HttpRequest.Builder request) {
    HttpRequest made = request.timeout(ANSWER).header("Accept", "application/json").build();
    try {
      HttpResponse<String> answer = client.send(made, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new OidcRefused(made.uri() + " answers " + answer.statusCode());
      }
      return JsonTree.readObject(answer.body());
    } catch (IOException | IllegalArgumentException e) {
      throw new OidcRefused(made.uri() + " cannot be asked: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OidcRefused("interrupted while " + made.uri() + " was asked", e);
    }
  }

  static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
