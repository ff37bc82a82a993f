package dev.penstock.server.oidc;

import dev.penstock.flow.JsonTree;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an identity provider says of somebody: a signed token, read but not yet believed.
///
/// @param head which key has signed it, and how
/// @param claims what it says
/// @param signed the text that was signed
record IdToken(
    Map<String, @Nullable Object> head,
    Map<String, @Nullable Object> claims,
    byte[] signed,
    byte[] signature) {
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

  /// @throws OidcRefused when it is no token
  static IdToken read(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      if (parts.length == 3) {
        Base64.Decoder base64 = Base64.getUrlDecoder();
        return new IdToken(
            object(base64.decode(parts[0])),
            object(base64.decode(parts[1])),
            (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
            base64.decode(parts[2]));
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new OidcRefused("the identity token cannot be read");
  }

  private static Map<String, @Nullable Object> object(byte[] json) {
    return JsonTree.readObject(new String(json, StandardCharsets.UTF_8));
  }

  String key() {
    return head.get("kid") instanceof String kid ? kid : "";
  }

  String algorithm() {
    return String.valueOf(head.get("alg"));
  }

  /// Goes on only if it is signed, of this issuer, for this client, of now, and for this login.
  ///
  /// @throws OidcRefused when it is not; what it says is not to be believed
  void check(OidcSettings settings, SigningKeys keys, String nonce, Instant now) {
    require(keys.signed(key(), algorithm(), signed, signature), "is not signed by its issuer");
    require(settings.issuer().toString().equals(claims.get("iss")), "is of another issuer");
    Object audience = claims.get("aud");
    List<?> audiences = audience instanceof List<?> list ? list : List.of(String.valueOf(audience));
    require(audiences.contains(settings.client()), "is for another client");
    Object party = claims.get("azp");
    require(
        party == null ? audiences.size() == 1 : settings.client().equals(party),
        "was given to another client");
    require(at("exp").isAfter(now.minus(CLOCKS_DIFFER)), "has expired");
    require(at("iat").isBefore(now.plus(CLOCKS_DIFFER)), "is of the future");
    require(nonce.equals(claims.get("nonce")), "is of another login");
    require(claims.get("sub") instanceof String sub && !sub.isEmpty(), "says of nobody");
  }

  private Instant at(String claim) {
    if (claims.get(claim) instanceof Number seconds) {
      return Instant.ofEpochSecond(seconds.longValue());
    }
    throw new OidcRefused("the identity token does not say " + claim);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new OidcRefused("the identity token " + otherwise);
    }
  }
}
