package dev.penstock.testkit.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A server on loopback that speaks as much of the protocol of S3 as Penstock uses, in memory:
/// whole objects, ranges, conditions, multipart uploads, lists by pages, signatures. What it does
/// not know, it refuses by 501. Faults are planted by [#fault].
public final class S3Server implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final Pattern ETAG = Pattern.compile("<ETag>(.*?)</ETag>");
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private static final Base64.Encoder TOKENS = Base64.getUrlEncoder();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Signature signature;
  private final int pageSize;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Planted> faults = new ConcurrentLinkedQueue<>();

  /// What goes wrong.
  public enum Fault {
    /// The request is refused by 503, and not done.
    REFUSED,
    /// The request is done, and its answer lost.
    ANSWER_LOST,
    /// The answer ends after half of its body.
    HALF_A_BODY
  }

  private record Planted(Predicate<String> request, Fault fault, AtomicInteger times) {}

  private S3Server(HttpServer server, Signature signature, int pageSize) {
    this.server = server;
    this.signature = signature;
    this.pageSize = pageSize;
  }

  /// Starts one on a free port.
  ///
  /// @param pageSize how many keys are listed at once
  public static S3Server start(String accessKey, String secretKey, int pageSize) {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
      S3Server server = new S3Server(http, new Signature(accessKey, secretKey), pageSize);
      http.setExecutor(server.threads);
      http.createContext("/", server::handle);
      http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `127.0.0.1:port`
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// What `connection(…)` is told to come in here.
  public String url() {
    return "s3://%s:%s@%s?tls=false"
        .formatted(signature.accessKey(), signature.secretKey(), address());
  }

  public void createBucket(String name) {
    buckets.putIfAbsent(name, new Bucket());
  }

  /// The keys of all objects of a bucket.
  public List<String> keys(String bucket) {
    return bucket(bucket).list("", "", Integer.MAX_VALUE).stream().map(Map.Entry::getKey).toList();
  }

  /// The content of an object; null when there is none.
  public byte @Nullable [] content(String bucket, String key) {
    Bucket.Stored stored = bucket(bucket).get(key);
    return stored == null ? null : stored.content();
  }

  /// How many uploads are neither completed nor aborted.
  public int unfinished(String bucket) {
    return bucket(bucket).uploads().size();
  }

  /// Aborts all uploads, as the rule of a bucket does after some days.
  public void abortUploads(String bucket) {
    Bucket all = bucket(bucket);
    all.uploads().keySet().forEach(all::abort);
  }

  private Bucket bucket(String name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw new IllegalArgumentException("no bucket " + name);
    }
    return bucket;
  }

  /// Lets requests go wrong.
  ///
  /// @param request told of each as `PUT /bucket/key?query`
  /// @param times how many of them
  public void fault(Predicate<String> request, Fault fault, int times) {
    faults.add(new Planted(request, fault, new AtomicInteger(times)));
  }

  /// Lets no more requests go wrong.
  public void heal() {
    faults.clear();
  }

  private @Nullable Fault faultOf(HttpExchange exchange) {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    for (Planted planted : faults) {
      if (planted.request().test(line) && planted.times().getAndDecrement() > 0) {
        return planted.fault();
      }
    }
    return null;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Fault fault = faultOf(exchange);
      if (fault == Fault.REFUSED) {
        send(exchange, Answer.error(503, "SlowDown"), null);
        return;
      }
      String problem = signature.problem(exchange, body);
      Answer answer = problem == null ? answer(exchange, body) : Answer.error(403, problem);
      if (fault != Fault.ANSWER_LOST) {
        send(exchange, answer, fault);
      }
    }
  }

  private void send(HttpExchange exchange, Answer answer, @Nullable Fault fault)
      throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    int length = answer.body().length;
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", "" + length);
    }
    exchange.sendResponseHeaders(answer.status(), head || length == 0 ? -1 : length);
    if (!head && length > 0) {
      OutputStream out = exchange.getResponseBody();
      out.write(answer.body(), 0, fault == Fault.HALF_A_BODY ? length / 2 : length);
      if (fault != Fault.HALF_A_BODY) {
        out.close();
      }
    }
  }

  private record Answer(int status, Map<String, String> headers, byte[] body) {
    static Answer xml(String xml) {
      return new Answer(
          200,
          Map.of("Content-Type", "application/xml"),
          ("<?xml version=\"1.0\"?>" + xml).getBytes(UTF_8));
    }

    static Answer error(int status, String code) {
      String xml = "<Error><Code>%s</Code><Message>as the server says</Message></Error>";
      return new Answer(
          status, Map.of("Content-Type", "application/xml"), xml.formatted(code).getBytes(UTF_8));
    }

    static Answer of(int status, Map<String, String> headers) {
      return new Answer(status, headers, new byte[0]);
    }
  }

  private Answer answer(HttpExchange exchange, byte[] body) {
    String path = Signature.decode(exchange.getRequestURI().getRawPath().substring(1));
    int slash = path.indexOf('/');
    Bucket bucket = buckets.get(slash < 0 ? path : path.substring(0, slash));
    String key = slash < 0 ? "" : path.substring(slash + 1);
    if (bucket == null) {
      return Answer.error(404, "NoSuchBucket");
    }
    Map<String, String> query = Signature.query(exchange.getRequestURI().getRawQuery());
    query.replaceAll((_, value) -> Signature.decode(value));
    return switch (exchange.getRequestMethod()) {
      case "GET" -> key.isEmpty() ? list(bucket, query) : get(bucket, key, exchange, true);
      case "HEAD" -> get(bucket, key, exchange, false);
      case "PUT" -> put(bucket, key, query, exchange, body);
      case "POST" -> post(bucket, key, query, body);
      case "DELETE" -> delete(bucket, key, query);
      default -> Answer.error(501, "NotImplemented");
    };
  }

  private static @Nullable String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  private static Answer get(Bucket bucket, String key, HttpExchange exchange, boolean ranges) {
    Bucket.Stored stored = bucket.get(key);
    if (stored == null) {
      return Answer.error(404, "NoSuchKey");
    }
    String match = header(exchange, "If-Match");
    if (match != null && !match.equals(stored.etag())) {
      return Answer.error(412, "PreconditionFailed");
    }
    Map<String, String> headers = new HashMap<>();
    headers.put("ETag", stored.etag());
    headers.put("Last-Modified", HTTP_DATE.format(stored.modified()));
    headers.put("Accept-Ranges", "bytes");
    String range = header(exchange, "Range");
    if (range == null || !ranges) {
      return new Answer(200, headers, stored.content());
    }
    Matcher matcher = RANGE.matcher(range);
    int size = stored.content().length;
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) >= size) {
      return Answer.error(416, "InvalidRange");
    }
    int from = Integer.parseInt(matcher.group(1));
    String last = matcher.group(2);
    int to = last.isEmpty() ? size : Math.min(size, Integer.parseInt(last) + 1);
    headers.put("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, size));
    return new Answer(206, headers, Arrays.copyOfRange(stored.content(), from, to));
  }

  private static Answer put(
      Bucket bucket, String key, Map<String, String> query, HttpExchange exchange, byte[] body) {
    String upload = query.get("uploadId");
    if (upload != null) {
      int number = Integer.parseInt(String.valueOf(query.get("partNumber")));
      String etag = bucket.part(upload, key, number, body);
      return etag == null
          ? Answer.error(404, "NoSuchUpload")
          : Answer.of(200, Map.of("ETag", etag));
    }
    String condition = header(exchange, "If-None-Match");
    Bucket.Stored stored = bucket.put(key, body, "*".equals(condition));
    return stored == null
        ? Answer.error(412, "PreconditionFailed")
        : Answer.of(200, Map.of("ETag", stored.etag()));
  }

  private static Answer post(Bucket bucket, String key, Map<String, String> query, byte[] body) {
    if (query.containsKey("uploads")) {
      return Answer.xml(
          "<InitiateMultipartUploadResult><UploadId>%s</UploadId></InitiateMultipartUploadResult>"
              .formatted(bucket.begin(key)));
    }
    List<String> etags = new ArrayList<>();
    Matcher matcher = ETAG.matcher(new String(body, UTF_8));
    while (matcher.find()) {
      etags.add(matcher.group(1).replace("&quot;", "\"").replace("&#34;", "\""));
    }
    Bucket.Stored stored;
    try {
      stored = bucket.complete(String.valueOf(query.get("uploadId")), key, etags);
    } catch (IllegalArgumentException e) {
      return Answer.error(400, "InvalidPart");
    }
    return stored == null
        ? Answer.error(404, "NoSuchUpload")
        : Answer.xml(
            "<CompleteMultipartUploadResult><ETag>%s</ETag></CompleteMultipartUploadResult>"
                .formatted(stored.etag().replace("\"", "&quot;")));
  }

  private static Answer delete(Bucket bucket, String key, Map<String, String> query) {
    String upload = query.get("uploadId");
    if (upload != null && !bucket.abort(upload)) {
      return Answer.error(404, "NoSuchUpload");
    }
    if (upload == null) {
      bucket.delete(key);
    }
    return Answer.of(204, Map.of());
  }

  private Answer list(Bucket bucket, Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    if (query.containsKey("uploads")) {
      StringBuilder xml = new StringBuilder("<ListMultipartUploadsResult>");
      xml.append("<EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>");
      bucket
          .uploads()
          .forEach((id, pending) -> {
            if (pending.key().startsWith(prefix)) {
              xml.append(
                  "<Upload><Key>%s</Key><UploadId>%s</UploadId></Upload>"
                      .formatted(encode(pending.key()), id));
            }
          });
      return Answer.xml(xml.append("</ListMultipartUploadsResult>").toString());
    }
    if (!"2".equals(query.get("list-type"))) {
      return Answer.error(501, "NotImplemented");
    }
    String token = query.get("continuation-token");
    String after =
        token == null
            ? query.getOrDefault("start-after", "")
            : new String(Base64.getUrlDecoder().decode(token), UTF_8);
    List<Map.Entry<String, Bucket.Stored>> page = bucket.list(prefix, after, pageSize);
    StringBuilder xml = new StringBuilder("<ListBucketResult><EncodingType>url</EncodingType>");
    xml.append("<IsTruncated>%s</IsTruncated>".formatted(page.size() == pageSize));
    if (page.size() == pageSize) {
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
    return Answer.xml(xml.append("</ListBucketResult>").toString());
  }

  private static String encode(String key) {
    return URLEncoder.encode(key, UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
