package dev.penstock.flow.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A key of AES-256-GCM. What it seals is bound to a place: moved to another, it does not open.
final class SealingKey {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] key;
  private final String id;

  private SealingKey(byte[] key) {
    this.key = key;
    this.id = "k" + HexFormat.of().formatHex(digest(key), 0, 6);
  }

  static SealingKey random() {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return new SealingKey(key);
  }

  /// The key of a Base64 text.
  ///
  /// @throws IllegalArgumentException when it is none; the message does not show it
  static SealingKey parse(String text) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a key must be 32 bytes in Base64, and this is no Base64");
    }
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "a key must be 32 bytes in Base64, was " + key.length + " bytes");
    }
    return new SealingKey(key);
  }

  /// The key as text, for the file of keys only.
  String encoded() {
    return Base64.getEncoder().encodeToString(key);
  }

  /// Tells keys apart without saying anything of them.
  String id() {
    return id;
  }

  private static byte[] digest(byte[] key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("penstock key id ".getBytes(StandardCharsets.UTF_8));
      return digest.digest(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  String seal(String place, String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
      return Base64.getEncoder().encodeToString(both);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES/GCM", e);
    }
  }

  /// @throws AEADBadTagException when this key did not seal it for this place, or it was changed
  String open(String place, String sealed) throws AEADBadTagException {
    byte[] both = decoded(sealed);
    byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
    try {
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, nonce, place)
              .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
      return new String(text, StandardCharsets.UTF_8);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES/GCM", e);
    }
  }

  private static byte[] decoded(String sealed) throws AEADBadTagException {
    try {
      byte[] both = Base64.getDecoder().decode(sealed);
      if (both.length >= NONCE_BYTES + TAG_BITS / Byte.SIZE) {
        return both;
      }
    } catch (IllegalArgumentException e) {
      // no Base64: it was changed
    }
    throw new AEADBadTagException("it is cut off");
  }

  private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  @Override
  public String toString() {
    return id;
  }
}
