package dev.penstock.testkit.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.penstock.testkit.stores.StoreServer.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.time.Instant;
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

/// Who may come into an account of Azure: by its key, by an address that it has signed, or as a
/// client of Microsoft Entra.
public final class AzureAccounts {
  private static final String TENANT = "/tenant/oauth2/v2.0/token";
  private static final String TOKEN = "entra-token";

  private final String account;
  private final String key =
      Base64.getEncoder().encodeToString("a key that nobody guesses, 32 b.".getBytes(UTF_8));

  AzureAccounts(String account) {
    this.account = account;
  }

  /// The key of the account.
  public String key() {
    return key;
  }

  /// The answer to who asks for a token; null for other requests. The client `app` has the secret
  /// `open-sesame`.
  @Nullable Answer token(String path, String body) {
    if (!path.equals(TENANT)) {
      return null;
    }
    Map<String, String> form = StoreServer.rawQuery(body);
    boolean isGood =
        "client_credentials".equals(form.get("grant_type"))
            && "app".equals(form.get("client_id"))
            && "open-sesame".equals(form.get("client_secret"))
            && "https%3A%2F%2Fstorage.azure.com%2F.default".equals(form.get("scope"));
    return isGood
        ? Answer.json(200, "{\"access_token\":\"%s\",\"expires_in\":\"3599\"}".formatted(TOKEN))
        : Answer.json(
            401,
            "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret provided.\"}");
  }

  /// What is wrong with a request, as Azure calls it; null for nothing.
  @Nullable String problem(HttpExchange request, int length) {
    URI address = request.getRequestURI();
    if (StoreServer.rawQuery(address.getRawQuery()).containsKey("sig")) {
      return isSigned(address) ? null : "AuthenticationFailed";
    }
    String authorization = String.valueOf(header(request, "Authorization"));
    if (authorization.startsWith("Bearer ")) {
      return authorization.equals("Bearer " + TOKEN) ? null : "AuthenticationFailed";
    }
    String expected = "SharedKey " + account + ":" + hmac(text(request, length));
    return authorization.equals(expected) ? null : "AuthenticationFailed";
  }

  /// Whether who copies may read the source.
  boolean mayRead(URI address, @Nullable String authorization) {
    return authorization == null ? isSigned(address) : authorization.equals("Bearer " + TOKEN);
  }

  private String text(HttpExchange request, int length) {
    String lines =
        Stream.of(
                "Content-Encoding",
                "Content-Language",
                "Content-Length",
                "Content-MD5",
                "Content-Type",
                "Date",
                "If-Modified-Since",
                "If-Match",
                "If-None-Match",
                "If-Unmodified-Since",
                "Range")
            .map(name ->
                name.equals("Content-Length")
                    ? (length == 0 ? "\n" : length + "\n")
                    : (header(request, name) == null ? "" : header(request, name)) + "\n")
            .collect(Collectors.joining());
    Map<String, String> own = new TreeMap<>();
    request
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (name.toLowerCase(Locale.ROOT).startsWith("x-ms-")) {
            own.put(name.toLowerCase(Locale.ROOT), values.getFirst());
          }
        });
    String headers =
        own.entrySet().stream()
            .map(each -> each.getKey() + ":" + each.getValue() + "\n")
            .collect(Collectors.joining());
    String query =
        StoreServer.rawQuery(request.getRequestURI().getRawQuery()).entrySet().stream()
            .map(each -> "\n" + each.getKey() + ":" + StoreServer.decode(each.getValue()))
            .collect(Collectors.joining());
    return request.getRequestMethod()
        + "\n"
        + lines
        + headers
        + "/"
        + account
        + request.getRequestURI().getRawPath()
        + query;
  }

  /// A signature for all of a container, as its owner gives to others.
  public String containerToken(String container) {
    Map<String, String> query = new TreeMap<>();
    query.put("sp", "racwdl");
    query.put("se", Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS).toString());
    query.put("sv", "2021-12-02");
    query.put("sr", "c");
    query.put("sig", hmac(signed(query, "/" + account + "/" + container)));
    return query.entrySet().stream()
        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private boolean isSigned(URI address) {
    Map<String, String> query = StoreServer.rawQuery(address.getRawQuery());
    query.replaceAll((_, value) -> StoreServer.decode(value));
    String blob = StoreServer.decode(address.getRawPath()); // /account/container/key
    String of = "c".equals(query.get("sr")) ? blob.replaceFirst("(/[^/]+/[^/]+).*", "$1") : blob;
    return hmac(signed(query, of)).equals(query.get("sig"))
        && Instant.parse(String.valueOf(query.get("se"))).isAfter(Instant.now());
  }

  private static String signed(Map<String, String> query, String of) {
    return "%s\n\n%s\n/blob%s\n\n\n\n%s\n%s\n\n\n\n\n\n\n"
        .formatted(query.get("sp"), query.get("se"), of, query.get("sv"), query.get("sr"));
  }

  private static @Nullable String header(HttpExchange request, String name) {
    return request.getRequestHeaders().getFirst(name);
  }

  private String hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
