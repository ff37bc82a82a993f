package dev.penstock.server.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/// The version of a thing that two may edit, as the header `ETag` has it.
final class Etag {
  private static final int LENGTH = 32;

  private Etag() {}

  /// By when it was last set.
  static String of(Instant updated) {
    return "\"" + ChronoUnit.MICROS.between(Instant.EPOCH, updated) + "\"";
  }

  /// By all that can be set of it.
  static String of(Record settings) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(settings.toString().getBytes(StandardCharsets.UTF_8));
      return "\"" + HexFormat.of().formatHex(hash).substring(0, LENGTH) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // each JDK has it
    }
  }
}
