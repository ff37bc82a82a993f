package dev.penstock.objects.azure;

import dev.penstock.objects.remote.StoreRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The key of a storage account: signs requests, and addresses for others. Never shown.
record AzureKey(String account, byte[] key) {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /// @throws IllegalArgumentException when it is none; the message shows nothing of it
  static AzureKey of(String account, String base64) {
    try {
      return new AzureKey(account, Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the key of the storage account "
              + account
              + " must be the Base64 text that Azure shows");
    }
  }

  /// A request with its signature.
  StoreRequest sign(StoreRequest request, Instant now) {
    StoreRequest dated = request.with("x-ms-date", HTTP_DATE.format(now));
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(dated.headers());
    String text =
        Stream.of(
                request.method(),
                "",
                "",
                request.length() == 0 ? "" : "" + request.length(),
                "",
                headers.getOrDefault("Content-Type", ""),
                "",
                "",
                headers.getOrDefault("If-Match", ""),
                headers.getOrDefault("If-None-Match", ""),
                "",
                headers.getOrDefault("Range", ""))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    String own =
        headers.entrySet().stream()
            .filter(header -> header.getKey().startsWith("x-ms-"))
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .collect(Collectors.joining());
    String signature = hmac(text + own + resource(request.address()));
    return dated.with("Authorization", "SharedKey " + account + ":" + signature);
  }

  private String resource(URI address) {
    StringBuilder resource = new StringBuilder("/" + account + address.getRawPath());
    query(address.getRawQuery())
        .forEach((name, value) -> resource.append('\n').append(name).append(':').append(value));
    return resource.toString();
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new TreeMap<>();
    for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
      String[] both = pair.split("=", 2);
      query.put(
          both[0].toLowerCase(Locale.ROOT),
          URLDecoder.decode(both[1].replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    return query;
  }

  /// What is put behind the address of a blob so that anybody can read it until then.
  ///
  /// @param resource of the blob: `container/key`, not encoded
  String readingUntil(Instant end, String resource) {
    String until = end.truncatedTo(ChronoUnit.SECONDS).toString();
    String text =
        String.join(
            "\n",
            "r",
            "",
            until,
            "/blob/" + account + "/" + resource,
            "",
            "",
            "",
            AzureAccess.VERSION,
            "b",
            "",
            "",
            "",
            "",
            "",
            "",
            "");
    return "sv=%s&sr=b&sp=r&se=%s&sig=%s"
        .formatted(
            AzureAccess.VERSION, StoreRequest.encoded(until), StoreRequest.encoded(hmac(text)));
  }

  private String hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "the key of " + account;
  }
}
