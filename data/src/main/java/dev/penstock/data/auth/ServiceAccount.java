package dev.penstock.data.auth;

import dev.penstock.data.JsonValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;

/// A service account, by its key. Never shown.
public record ServiceAccount(String email, URI tokenUri, PrivateKey key)
    implements GoogleCredentials {
  private static final long LIFE = 3600;

  /// @param json the text of the file that Google gives
  /// @throws IllegalArgumentException when it is something else; the message shows nothing of it
  public static ServiceAccount of(String json) {
    try {
      JsonValue file = JsonValue.parse(json);
      String pem = Objects.requireNonNull(file.text("/private_key"));
      byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
      return new ServiceAccount(
          Objects.requireNonNull(file.text("/client_email")),
          URI.create(Objects.requireNonNull(file.text("/token_uri"))),
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
    } catch (IllegalArgumentException | NullPointerException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "that is no key of a service account: a JSON object with client_email, token_uri and private_key");
    }
  }

  /// What a token is given for: says who asks, for what, until when.
  ///
  /// @param now the time of day; Google refuses one that is wrong by minutes
  String assertion(String scope, Instant now) {
    String head = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
    String claims =
        encoded(
            "{\"iss\":\"%s\",\"scope\":\"%s\",\"aud\":\"%s\",\"iat\":%d,\"exp\":%d}"
                .formatted(
                    email, scope, tokenUri, now.getEpochSecond(), now.getEpochSecond() + LIFE));
    return head + "." + claims + "." + encoded(sign(head + "." + claims));
  }

  /// A signature (RSA, SHA-256) by the account's key.
  public byte[] sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key of " + email + " cannot sign", e);
    }
  }

  @Override
  public TokenRequest tokenRequest(String scope, Instant now) {
    return TokenRequest.post(
        tokenUri,
        "grant_type",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "assertion",
        assertion(scope, now));
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return email;
  }
}
