package dev.penstock.server.oidc;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys that an identity provider signs with, as its JWKS has them: RSA of 2,048 bits or more,
/// and P-256.
///
/// @param keys those that are for signatures, and of a kind that is known here
record SigningKeys(List<Key> keys) {
  private static final int LEAST_BITS = 2048;

  /// @param id empty where it has none
  /// @param algorithm `RS256` or `ES256`: the only one that it may be used with
  record Key(String id, String algorithm, PublicKey key) {}

  static SigningKeys of(Map<String, ?> jwks) {
    List<Key> keys = new ArrayList<>();
    if (jwks.get("keys") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> jwk && !"enc".equals(jwk.get("use"))) {
          Key key = key(jwk);
          if (key != null) {
            keys.add(key);
          }
        }
      }
    }
    return new SigningKeys(List.copyOf(keys));
  }

  private static @Nullable Key key(Map<?, ?> jwk) {
    try {
      String id = jwk.get("kid") instanceof String kid ? kid : "";
      if ("RSA".equals(jwk.get("kty"))) {
        BigInteger modulus = number(jwk, "n");
        return modulus.bitLength() < LEAST_BITS
            ? null
            : new Key(
                id,
                "RS256",
                KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, number(jwk, "e"))));
      }
      if ("EC".equals(jwk.get("kty")) && "P-256".equals(jwk.get("crv"))) {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
        return new Key(
            id,
            "ES256",
            KeyFactory.getInstance("EC")
                .generatePublic(
                    new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class))));
      }
      return null;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return null; // what cannot be read signs nothing
    }
  }

  private static BigInteger number(Map<?, ?> jwk, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(String.valueOf(jwk.get(name))));
  }

  /// Whether there is a key of this id; any, where there is no id.
  boolean has(String id, String algorithm) {
    return keys.stream().anyMatch(key -> fits(key, id, algorithm));
  }

  /// Whether one of the keys, by its own algorithm, has signed this.
  boolean signed(String id, String algorithm, byte[] text, byte[] signature) {
    return keys.stream()
        .filter(key -> fits(key, id, algorithm))
        .anyMatch(key -> verifies(key, text, signature));
  }

  private static boolean fits(Key key, String id, String algorithm) {
    return key.algorithm().equals(algorithm) && (id.isEmpty() || key.id().equals(id));
  }

  private static boolean verifies(Key key, byte[] text, byte[] signature) {
    try {
      Signature check =
          Signature.getInstance(
              key.algorithm().equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
      check.initVerify(key.key());
      check.update(text);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // of another length, say
    }
  }
}
