package dev.penstock.testkit.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.penstock.testkit.stores.StoreServer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Looks at signatures of version 4, in the header of a request or in its address.
record Signature(String accessKey, String secretKey) {
  private static final Pattern HEADER =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)/(?<scope>[^,]+), ?SignedHeaders=(?<headers>[^,]+), ?Signature=(?<signature>[0-9a-f]+)");
  private static final String SIGNED = "X-Amz-Signature";

  /// What is wrong with a request, as S3 calls it; null for nothing.
  @Nullable String problem(HttpExchange request, byte[] body) {
    Map<String, String> query = StoreServer.rawQuery(request.getRequestURI().getRawQuery());
    return query.containsKey(SIGNED) ? ofAddress(request, query) : ofHeader(request, query, body);
  }

  private @Nullable String ofHeader(HttpExchange request, Map<String, String> query, byte[] body) {
    String authorization = request.getRequestHeaders().getFirst("Authorization");
    Matcher header = HEADER.matcher(authorization == null ? "" : authorization);
    if (!header.matches()) {
      return "AccessDenied";
    }
    if (!header.group("key").equals(accessKey)) {
      return "InvalidAccessKeyId";
    }
    String payload = String.valueOf(request.getRequestHeaders().getFirst("x-amz-content-sha256"));
    if (payload.matches("[0-9a-f]{64}") && !payload.equals(sha256(body))) {
      return "XAmzContentSHA256Mismatch";
    }
    String date = String.valueOf(request.getRequestHeaders().getFirst("x-amz-date"));
    String signature =
        sign(request, query, header.group("headers"), payload, date, header.group("scope"));
    return signature.equals(header.group("signature")) ? null : "SignatureDoesNotMatch";
  }

  private @Nullable String ofAddress(HttpExchange request, Map<String, String> query) {
    Map<String, String> others = new TreeMap<>(query);
    String given = String.valueOf(others.remove(SIGNED));
    String[] credential =
        StoreServer.decode(String.valueOf(query.get("X-Amz-Credential"))).split("/", 2);
    if (!credential[0].equals(accessKey)) {
      return "InvalidAccessKeyId";
    }
    String signature =
        sign(
            request,
            others,
            StoreServer.decode(String.valueOf(query.get("X-Amz-SignedHeaders"))),
            "UNSIGNED-PAYLOAD",
            String.valueOf(query.get("X-Amz-Date")),
            credential[1]);
    return signature.equals(given) ? null : "SignatureDoesNotMatch";
  }

  private String sign(
      HttpExchange request,
      Map<String, String> query,
      String signedHeaders,
      String payload,
      String date,
      String scope) {
    String headers =
        Arrays.stream(signedHeaders.split(";"))
            .map(name -> name + ":" + value(request, name) + "\n")
            .collect(Collectors.joining());
    String canonical =
        String.join(
            "\n",
            request.getRequestMethod(),
            request.getRequestURI().getRawPath(),
            query.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("&")),
            headers,
            signedHeaders,
            payload);
    String text =
        String.join("\n", "AWS4-HMAC-SHA256", date, scope, sha256(canonical.getBytes(UTF_8)));
    byte[] key = ("AWS4" + secretKey).getBytes(UTF_8);
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, text));
  }

  private static String value(HttpExchange request, String name) {
    String value = request.getRequestHeaders().getFirst(name);
    return value == null ? "" : value.strip().replaceAll(" +", " ");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
