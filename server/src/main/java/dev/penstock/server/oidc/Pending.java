package dev.penstock.server.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// A login that somebody has begun, kept in a cookie of their browser until they come back: any
/// server can go on with it, and nobody can with that of another.
///
/// @param state comes back with the code
/// @param nonce comes back in the token
/// @param verifier proves to the provider that the code is of this login
/// @param next where somebody wanted to go
record Pending(String state, String nonce, String verifier, String next) {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  static Pending begin(String next) {
    return new Pending(random(), random(), random(), next);
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return BASE64.encodeToString(bytes);
  }

  /// What the provider is told of the verifier at first.
  String challenge() {
    try {
      return BASE64.encodeToString(
          MessageDigest.getInstance("SHA-256")
              .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  String cookie() {
    String path = BASE64.encodeToString(next.getBytes(StandardCharsets.UTF_8));
    return String.join(".", state, nonce, verifier, path);
  }

  static Optional<Pending> read(String cookie) {
    String[] parts = cookie.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    try {
      byte[] next = Base64.getUrlDecoder().decode(parts[3]);
      return Optional.of(
          new Pending(parts[0], parts[1], parts[2], new String(next, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Whether this is what has come back.
  boolean isOf(String returned) {
    return MessageDigest.isEqual(
        state.getBytes(StandardCharsets.UTF_8), returned.getBytes(StandardCharsets.UTF_8));
  }
}
