package dev.penstock.testkit.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.penstock.testkit.stores.Bucket;
import dev.penstock.testkit.stores.Multipart;
import dev.penstock.testkit.stores.StoreServer;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A server on loopback that speaks as much of the protocol of S3 as Penstock uses, in memory:
/// whole objects, ranges, conditions, multipart uploads, lists by pages, signatures. What it does
/// not know, it refuses by 501.
public final class S3Server extends StoreServer {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter SIGNED_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final Base64.Encoder TOKENS = Base64.getUrlEncoder();

  /// How far the clock of a request may be from that of the server.
  private static final Duration TOLERATED = Duration.ofMinutes(15);

  private final Signature signature;
  private volatile Duration ahead = Duration.ZERO;

  private S3Server(Signature signature, int pageSize, int port, @Nullable Path directory) {
    super(pageSize, port, directory);
    this.signature = signature;
  }

  /// Starts one on a free port.
  ///
  /// @param pageSize how many keys are listed at once
  public static S3Server start(String accessKey, String secretKey, int pageSize) {
    return start(new Signature(accessKey, secretKey), pageSize, 0, null);
  }

  /// Starts one that keeps what its buckets hold, and goes on with what it has kept.
  ///
  /// @param port 0 for a free one
  /// @param directory with a directory for each bucket, where objects lie under their keys
  public static S3Server start(String accessKey, String secretKey, int port, Path directory) {
    return start(new Signature(accessKey, secretKey), 1_000, port, directory);
  }

  private static S3Server start(
      Signature signature, int pageSize, int port, @Nullable Path directory) {
    S3Server server = new S3Server(signature, pageSize, port, directory);
    server.listen();
    return server;
  }

  @Override
  public String url() {
    return "s3://%s:%s@%s?tls=false"
        .formatted(signature.accessKey(), signature.secretKey(), address());
  }

  @Override
  public Predicate<String> completing(String bucket, String keyBegins) {
    return line ->
        line.startsWith("POST /" + bucket + "/" + keyBegins) && line.contains("uploadId");
  }

  @Override
  public Predicate<String> creating(String bucket, String keyBegins) {
    return line -> line.startsWith("PUT /" + bucket + "/" + keyBegins);
  }

  @Override
  protected Answer answer(HttpExchange exchange, byte[] body) {
    String problem = signature.problem(exchange, body);
    if (problem == null && isSkewed(exchange.getRequestHeaders().getFirst("x-amz-date"))) {
      problem = "RequestTimeTooSkewed";
    }
    return problem == null ? done(exchange, body) : error(403, problem);
  }

  private boolean isSkewed(@Nullable String date) {
    if (date == null) {
      return false; // signed in its address
    }
    Instant signed = Instant.from(SIGNED_DATE.parse(date));
    Duration between = Duration.between(signed, Instant.now().plus(ahead));
    return between.abs().compareTo(TOLERATED) > 0;
  }

  /// Lets the clock of the server be ahead of that of its clients.
  public void clockAhead(Duration ahead) {
    this.ahead = ahead;
  }

  @Override
  public Predicate<String> reading(String keyEnds) {
    return line -> line.startsWith("GET") && line.endsWith("/" + keyEnds);
  }

  @Override
  protected Answer busy() {
    return error(503, "SlowDown");
  }

  private static Answer error(int status, String code) {
    return Answer.xml(
        status,
        "<Error><Code>%s</Code><Message>as the server says</Message></Error>".formatted(code));
  }

  private Answer done(HttpExchange exchange, byte[] body) {
    String path = decode(exchange.getRequestURI().getRawPath().substring(1));
    int slash = path.indexOf('/');
    Bucket bucket = bucketOrNull(slash < 0 ? path : path.substring(0, slash));
    String key = slash < 0 ? "" : path.substring(slash + 1);
    if (bucket == null) {
      return error(404, "NoSuchBucket");
    }
    Map<String, String> query = query(exchange);
    Answer upload = Multipart.answer(exchange.getRequestMethod(), bucket, key, query, body);
    if (upload != null) {
      return upload;
    }
    return switch (exchange.getRequestMethod()) {
      case "GET" -> key.isEmpty() ? list(bucket, query) : get(bucket, key, exchange);
      case "HEAD" -> get(bucket, key, exchange);
      case "PUT" -> put(bucket, key, exchange, body);
      case "DELETE" -> {
        bucket.delete(key);
        yield Answer.of(204, Map.of());
      }
      default -> error(501, "NotImplemented");
    };
  }

  private static Answer get(Bucket bucket, String key, HttpExchange exchange) {
    Bucket.Stored stored = bucket.get(key);
    if (stored == null) {
      return error(404, "NoSuchKey");
    }
    String match = header(exchange, "If-Match");
    if (match != null && !match.equals(stored.etag())) {
      return error(412, "PreconditionFailed");
    }
    Map<String, String> headers = new HashMap<>();
    headers.put("ETag", stored.etag());
    headers.put("Last-Modified", HTTP_DATE.format(stored.modified()));
    headers.put("Accept-Ranges", "bytes");
    return ranged(stored.content(), headers, exchange, error(416, "InvalidRange"));
  }

  private static Answer put(Bucket bucket, String key, HttpExchange exchange, byte[] body) {
    String condition = header(exchange, "If-None-Match");
    Bucket.Stored stored = bucket.put(key, body, "*".equals(condition));
    return stored == null
        ? error(412, "PreconditionFailed")
        : Answer.of(200, Map.of("ETag", stored.etag()));
  }

  private Answer list(Bucket bucket, Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    if (!"2".equals(query.get("list-type"))) {
      return error(501, "NotImplemented");
    }
    String token = query.get("continuation-token");
    String after =
        token == null
            ? query.getOrDefault("start-after", "")
            : new String(Base64.getUrlDecoder().decode(token), UTF_8);
    List<Map.Entry<String, Bucket.Stored>> page = bucket.list(prefix, after, pageSize());
    StringBuilder xml = new StringBuilder("<ListBucketResult><EncodingType>url</EncodingType>");
    xml.append("<IsTruncated>%s</IsTruncated>".formatted(page.size() == pageSize()));
    if (page.size() == pageSize()) {
      xml.append(
          "<NextContinuationToken>%s</NextContinuationToken>"
              .formatted(TOKENS.encodeToString(page.getLast().getKey().getBytes(UTF_8))));
    }
    String delimiter = query.getOrDefault("delimiter", "");
    for (Map.Entry<String, Bucket.Stored> each : page) {
      if (!delimiter.isEmpty() && each.getKey().indexOf(delimiter, prefix.length()) >= 0) {
        continue; // nobody asks for the common prefixes
      }
      Bucket.Stored stored = each.getValue();
      xml.append(
          "<Contents><Key>%s</Key><LastModified>%s</LastModified><ETag>%s</ETag><Size>%d</Size></Contents>"
              .formatted(
                  encode(each.getKey()),
                  stored.modified(),
                  stored.etag().replace("\"", "&quot;"),
                  stored.content().length));
    }
    return Answer.xml(200, xml.append("</ListBucketResult>").toString());
  }

  private static String encode(String key) {
    return URLEncoder.encode(key, UTF_8);
  }
}
