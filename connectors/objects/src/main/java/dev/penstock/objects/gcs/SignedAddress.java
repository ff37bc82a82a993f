package dev.penstock.objects.gcs;

import static dev.penstock.objects.remote.StoreRequest.encoded;

import dev.penstock.data.auth.ServiceAccount;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/// An address by which anybody can read an object for a while, signed by the key of a service
/// account (V4).
record SignedAddress(ServiceAccount account, URI endpoint) {
  private static final String ALGORITHM = "GOOG4-RSA-SHA256";
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// @param path of the object, encoded
  URI of(String path, Duration valid, Instant now) {
    if (valid.compareTo(Duration.ofSeconds(1)) < 0 || valid.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a signed address must be valid for 1 second to 7 days, was " + valid);
    }
    String time = TIME.format(now);
    String scope = time.substring(0, 8) + "/auto/storage/goog4_request";
    String query =
        "X-Goog-Algorithm=%s&X-Goog-Credential=%s&X-Goog-Date=%s&X-Goog-Expires=%d&X-Goog-SignedHeaders=host"
            .formatted(ALGORITHM, encoded(account.email() + "/" + scope), time, valid.toSeconds());
    String request =
        String.join(
            "\n",
            "GET",
            path,
            query,
            "host:" + endpoint.getAuthority(),
            "",
            "host",
            "UNSIGNED-PAYLOAD");
    String text = String.join("\n", ALGORITHM, time, scope, sha256(request));
    String signature = HexFormat.of().formatHex(account.sign(text));
    return URI.create(endpoint + path + "?" + query + "&X-Goog-Signature=" + signature);
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
