package dev.penstock.testkit.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.penstock.data.JsonValue;
import dev.penstock.testkit.stores.StoreServer.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The accounts of Google that a server knows: the owner of its buckets, and a stranger who may do
/// nothing. They have keys, get tokens for what they sign, and sign addresses; the owner is also
/// who the metadata server takes everybody for.
public final class GoogleAccounts implements AutoCloseable {
  private static final String OWNER = "owner@test.iam.gserviceaccount.com";
  private static final String STRANGER = "stranger@test.iam.gserviceaccount.com";

  private final Supplier<String> endpoint;
  private final KeyPair keys = keys();
  private final Map<String, String> emails = new ConcurrentHashMap<>();
  private @Nullable Path directory;

  /// Who a request comes from.
  public enum Who {
    OWNER,
    STRANGER,
    NOBODY
  }

  GoogleAccounts(Supplier<String> endpoint) {
    this.endpoint = endpoint;
  }

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("RSA").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  /// A file with the owner's key.
  public Path ownerKey() {
    return key(OWNER);
  }

  /// A file with the stranger's key.
  public Path strangerKey() {
    return key(STRANGER);
  }

  private synchronized Path key(String email) {
    try {
      Path directory = this.directory;
      if (directory == null) {
        directory = Files.createTempDirectory("accounts");
        this.directory = directory;
      }
      Path file = directory.resolve(email + ".json");
      if (!Files.exists(file)) {
        Files.writeString(file, keyText(email));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String keyText(String email) {
    String pem =
        "-----BEGIN PRIVATE KEY-----\\n"
            + Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded())
            + "\\n-----END PRIVATE KEY-----\\n";
    return "{\"type\":\"service_account\",\"client_email\":\"%s\",\"token_uri\":\"%s/token\",\"private_key\":\"%s\"}"
        .formatted(email, endpoint.get(), pem);
  }

  /// The answer to who asks for a token; null for other requests.
  @Nullable Answer token(HttpExchange exchange, String body) {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/token")) {
      return forAssertion(StoreServer.rawQuery(body));
    }
    if (!path.equals("/computeMetadata/v1/instance/service-accounts/default/token")) {
      return null;
    }
    return "Google".equals(exchange.getRequestHeaders().getFirst("Metadata-Flavor"))
        ? given(OWNER)
        : Answer.json(403, "{}");
  }

  private Answer given(String email) {
    String token = "token-" + emails.size();
    emails.put(token, email);
    return Answer.json(
        200,
        "{\"access_token\":\"%s\",\"expires_in\":3599,\"token_type\":\"Bearer\"}".formatted(token));
  }

  private Answer forAssertion(Map<String, String> form) {
    String type = StoreServer.decode(form.getOrDefault("grant_type", ""));
    String[] parts = form.getOrDefault("assertion", "").split("\\.");
    if (!type.equals("urn:ietf:params:oauth:grant-type:jwt-bearer") || parts.length != 3) {
      return refused("Bad Request");
    }
    JsonValue claims = JsonValue.parse(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8));
    boolean isGood =
        isSigned(parts[0] + "." + parts[1], Base64.getUrlDecoder().decode(parts[2]))
            && (endpoint.get() + "/token").equals(claims.text("/aud"))
            && claims.longInteger("/exp") - claims.longInteger("/iat") <= 3600
            && claims.longInteger("/exp") > Instant.now().getEpochSecond();
    return isGood ? given(String.valueOf(claims.text("/iss"))) : refused("Invalid JWT Signature.");
  }

  private static Answer refused(String why) {
    return Answer.json(
        400, "{\"error\":\"invalid_grant\",\"error_description\":\"%s\"}".formatted(why));
  }

  private boolean isSigned(String text, byte[] signed) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(keys.getPublic());
      signature.update(text.getBytes(UTF_8));
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// Who a request says that it is from.
  Who whoAsks(HttpExchange exchange) {
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    String email = emails.get(authorization.replaceFirst("Bearer ", ""));
    return OWNER.equals(email) ? Who.OWNER : email == null ? Who.NOBODY : Who.STRANGER;
  }

  /// What is wrong with a signed address; null for nothing.
  @Nullable String problemOfSigned(HttpExchange exchange) {
    Map<String, String> query = StoreServer.rawQuery(exchange.getRequestURI().getRawQuery());
    String given = String.valueOf(query.remove("X-Goog-Signature"));
    String time = String.valueOf(query.get("X-Goog-Date"));
    String[] credential =
        StoreServer.decode(String.valueOf(query.get("X-Goog-Credential"))).split("/", 2);
    String canonical =
        String.join(
            "\n",
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            query.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("&")),
            "host:" + exchange.getRequestHeaders().getFirst("Host"),
            "",
            "host",
            "UNSIGNED-PAYLOAD");
    String text = String.join("\n", "GOOG4-RSA-SHA256", time, credential[1], sha256(canonical));
    boolean isGood =
        credential[0].equals(OWNER)
            && credential[1].equals(time.substring(0, 8) + "/auto/storage/goog4_request")
            && isSigned(text, HexFormat.of().parseHex(given));
    return isGood ? null : "SignatureDoesNotMatch";
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Removes the files.
  @Override
  public synchronized void close() {
    Path directory = this.directory;
    if (directory == null) {
      return;
    }
    try {
      for (String email : new String[] {OWNER, STRANGER}) {
        Files.deleteIfExists(directory.resolve(email + ".json"));
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
