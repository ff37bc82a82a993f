package dev.penstock.testkit.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.penstock.data.DataType.Scalar;
import dev.penstock.data.Json;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// A server on loopback that speaks as much of Google Cloud Storage as Penstock uses, in memory,
/// written from the published description of its interfaces: objects in JSON, uploads in parts in
/// XML, tokens for service accounts and from the metadata server, signed addresses.
public final class GcsServer extends StoreServer {
  private static final Pattern OBJECTS = Pattern.compile("/storage/v1/b/([^/]+)/o(?:/([^/]+))?");
  private static final Pattern SENT = Pattern.compile("/upload/storage/v1/b/([^/]+)/o");

  private final GoogleAccounts accounts = new GoogleAccounts(() -> "http://" + address());

  private GcsServer(int pageSize) {
    super(pageSize);
  }

  /// Starts one on a free port.
  ///
  /// @param pageSize how many keys are listed at once
  public static GcsServer start(int pageSize) {
    GcsServer server = new GcsServer(pageSize);
    server.listen();
    return server;
  }

  /// The URL of connections of the account that owns the buckets.
  @Override
  public String url() {
    return url(accounts.ownerKey());
  }

  /// The URL of connections of whoever has a key.
  public String url(Path key) {
    return "gs://%s?tls=false&credentials=%s"
        .formatted(address(), URLEncoder.encode(key.toString(), UTF_8));
  }

  /// Who may ask.
  public GoogleAccounts accounts() {
    return accounts;
  }

  @Override
  public Predicate<String> completing(String bucket, String keyBegins) {
    return line ->
        line.startsWith("POST /" + bucket + "/" + keyBegins) && line.contains("uploadId");
  }

  @Override
  public Predicate<String> creating(String bucket, String keyBegins) {
    return line ->
        line.startsWith("POST /upload/storage/v1/b/" + bucket + "/o?")
            && decode(line).contains("name=" + keyBegins);
  }

  @Override
  public Predicate<String> reading(String keyEnds) {
    return line -> line.startsWith("GET") && decode(line).contains("/" + keyEnds + "?alt=media");
  }

  @Override
  protected Answer busy() {
    return error(503, "backendError", "We encountered an internal error. Please try again.");
  }

  private static Answer error(int status, String reason, String message) {
    return Answer.json(
        status,
        "{\"error\":{\"code\":%d,\"message\":%s,\"errors\":[{\"domain\":\"global\",\"reason\":\"%s\"}]}}"
            .formatted(status, text(message), reason));
  }

  private static Answer xmlError(int status, String code, String message) {
    return Answer.xml(
        status, "<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, message));
  }

  private static String text(String text) {
    return Json.write(text, Scalar.STRING);
  }

  @Override
  protected Answer answer(HttpExchange exchange, byte[] body) {
    String path = exchange.getRequestURI().getRawPath();
    Answer token = accounts.token(exchange, new String(body, UTF_8));
    if (token != null) {
      return token;
    }
    Map<String, String> query = query(exchange);
    Matcher objects = OBJECTS.matcher(path);
    Matcher sent = SENT.matcher(path);
    boolean isJson = objects.matches();
    boolean isSent = sent.matches();
    if (!query.containsKey("X-Goog-Signature")) {
      switch (accounts.whoAsks(exchange)) {
        case OWNER -> {}
        case STRANGER -> {
          String message = "stranger does not have access to the bucket";
          return isJson || isSent
              ? error(403, "forbidden", message)
              : xmlError(403, "AccessDenied", message);
        }
        case NOBODY -> {
          return isJson || isSent
              ? error(401, "authError", "Invalid Credentials")
              : xmlError(401, "AuthenticationRequired", "Authentication required.");
        }
      }
    }
    String name = isJson ? objects.group(1) : isSent ? sent.group(1) : path.split("/")[1];
    Bucket bucket = bucketOrNull(name);
    if (bucket == null) {
      return isJson || isSent
          ? error(404, "notFound", "The specified bucket does not exist.")
          : xmlError(404, "NoSuchBucket", "The specified bucket does not exist.");
    }
    if (isSent) {
      return create(bucket, query, body);
    }
    if (isJson) {
      String key = objects.group(2);
      return key == null ? list(bucket, query) : object(bucket, decode(key), query, exchange);
    }
    return xml(bucket, path, query, exchange, body);
  }

  private Answer xml(
      Bucket bucket, String path, Map<String, String> query, HttpExchange exchange, byte[] body) {
    int slash = path.indexOf('/', 1);
    String key = slash < 0 ? "" : decode(path.substring(slash + 1));
    Answer upload = Multipart.answer(exchange.getRequestMethod(), bucket, key, query, body);
    if (upload != null) {
      return upload;
    }
    Bucket.Stored stored = bucket.get(key);
    if (!exchange.getRequestMethod().equals("GET") || stored == null) {
      return xmlError(404, "NoSuchKey", "The specified key does not exist.");
    }
    String problem = accounts.problemOfSigned(exchange);
    return problem == null
        ? new Answer(200, Map.of(), stored.content())
        : xmlError(403, problem, "Access denied.");
  }

  private static Answer create(Bucket bucket, Map<String, String> query, byte[] body) {
    if (!"media".equals(query.get("uploadType"))) {
      return error(501, "notImplemented", "only uploadType=media");
    }
    String key = String.valueOf(query.get("name"));
    Bucket.Stored stored = bucket.put(key, body, "0".equals(query.get("ifGenerationMatch")));
    return stored == null
        ? error(412, "conditionNotMet", "At least one of the pre-conditions did not hold.")
        : Answer.json(200, resource(key, stored));
  }

  private static Answer object(
      Bucket bucket, String key, Map<String, String> query, HttpExchange exchange) {
    Bucket.Stored stored = bucket.get(key);
    String generation = query.get("generation");
    if (stored == null || generation != null && !generation.equals("" + stored.generation())) {
      return error(404, "notFound", "No such object: " + key);
    }
    switch (exchange.getRequestMethod()) {
      case "DELETE" -> {
        bucket.delete(key);
        return Answer.of(204, Map.of());
      }
      case "GET" -> {
        return "media".equals(query.get("alt"))
            ? ranged(
                stored.content(),
                Map.of(),
                exchange,
                error(416, "requestedRangeNotSatisfiable", "Request range not satisfiable"))
            : Answer.json(200, resource(key, stored));
      }
      default -> {
        return error(501, "notImplemented", exchange.getRequestMethod());
      }
    }
  }

  private static String resource(String key, Bucket.Stored stored) {
    return "{\"name\":%s,\"size\":\"%d\",\"updated\":\"%s\",\"generation\":\"%d\",\"crc32c\":\"%s\"}"
        .formatted(
            text(key),
            stored.content().length,
            stored.modified(),
            stored.generation(),
            crc32c(stored.content()));
  }

  private static String crc32c(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    byte[] bytes = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  private Answer list(Bucket bucket, Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    String token = query.getOrDefault("pageToken", "");
    String from = query.getOrDefault("startOffset", "");
    String delimiter = query.getOrDefault("delimiter", "");
    List<Map.Entry<String, Bucket.Stored>> page =
        bucket.list(prefix, token, Integer.MAX_VALUE).stream()
            .filter(each -> each.getKey().compareTo(from) >= 0)
            .limit(pageSize())
            .toList();
    StringJoiner items = new StringJoiner(",", "{\"kind\":\"storage#objects\",\"items\":[", "]");
    for (Map.Entry<String, Bucket.Stored> each : page) {
      if (delimiter.isEmpty() || each.getKey().indexOf(delimiter, prefix.length()) < 0) {
        items.add(resource(each.getKey(), each.getValue())); // nobody asks for common prefixes
      }
    }
    String next =
        page.size() == pageSize() ? ",\"nextPageToken\":" + text(page.getLast().getKey()) : "";
    return Answer.json(200, items + next + "}");
  }

  @Override
  public void close() {
    super.close();
    accounts.close();
  }
}
