package dev.penstock.testkit.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A server on loopback that speaks as much of Azure Blob Storage as Penstock uses, in memory,
/// written from the published description of its REST interface: block blobs, blocks, also from
/// other blobs, conditions, lists by pages; the key of the account, signed addresses, and tokens of
/// a client. It has one account.
public final class AzureServer extends StoreServer {
  /// The name of the account.
  public static final String ACCOUNT = "testaccount";

  private static final String STAGED = "_penstock/staged/";
  private static final Pattern BLOCK = Pattern.compile("<Latest>([^<]+)</Latest>");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private final AzureAccounts accounts = new AzureAccounts(ACCOUNT);

  /// By container and key.
  private final Map<String, Blocks> blocks = new ConcurrentHashMap<>();

  /// The blocks of a blob.
  private static final class Blocks {
    Map<String, byte[]> uncommitted = new LinkedHashMap<>();
    Map<String, byte[]> committed = new LinkedHashMap<>();
    Map<String, String> about = Map.of();
  }

  private AzureServer(int pageSize) {
    super(pageSize);
  }

  /// Starts one on a free port.
  ///
  /// @param pageSize how many keys are listed at once
  public static AzureServer start(int pageSize) {
    AzureServer server = new AzureServer(pageSize);
    server.listen();
    return server;
  }

  /// The URL of connections by the key of the account.
  @Override
  public String url() {
    return url("accountKey=" + URLEncoder.encode(accounts.key(), UTF_8));
  }

  /// The URL of connections by something else.
  public String url(String credentials) {
    return "az://%s?tls=false&%s".formatted(address(), credentials);
  }

  /// Who may ask.
  public AzureAccounts accounts() {
    return accounts;
  }

  @Override
  protected String plain(String bucket) {
    return bucket.substring(bucket.indexOf('/') + 1);
  }

  private String path(String bucket, String key) {
    return "/" + ACCOUNT + "/" + plain(bucket) + "/" + key;
  }

  @Override
  public Predicate<String> completing(String bucket, String keyBegins) {
    return line ->
        line.startsWith("PUT " + path(bucket, keyBegins))
            && line.contains("comp=block")
            && !line.contains(STAGED);
  }

  @Override
  public Predicate<String> creating(String bucket, String keyBegins) {
    return line -> line.startsWith("PUT " + path(bucket, keyBegins)) && !line.contains("comp=");
  }

  @Override
  public Predicate<String> reading(String keyEnds) {
    return line -> line.startsWith("GET") && line.endsWith("/" + keyEnds);
  }

  @Override
  public List<String> keys(String bucket) {
    return super.keys(bucket).stream().filter(key -> !key.contains(STAGED)).toList();
  }

  @Override
  public int unfinished(String bucket) {
    return (int) super.keys(bucket).stream().filter(key -> key.contains(STAGED)).count();
  }

  @Override
  public void abortUploads(String bucket) {
    super.keys(bucket).stream()
        .filter(key -> key.contains(STAGED))
        .forEach(key -> bucket(bucket).delete(key));
  }

  @Override
  protected Answer busy() {
    return error(503, "ServerBusy");
  }

  private static Answer error(int status, String code) {
    return new Answer(
        status,
        Map.of("Content-Type", "application/xml", "x-ms-error-code", code),
        ("<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>%s</Code><Message>as Azure says</Message></Error>"
                .formatted(code))
            .getBytes(UTF_8));
  }

  @Override
  protected Answer answer(HttpExchange exchange, byte[] body) {
    URI uri = exchange.getRequestURI();
    Answer token = accounts.token(uri.getPath(), new String(body, UTF_8));
    if (token != null) {
      return token;
    }
    String problem = accounts.problem(exchange, body.length);
    if (problem != null) {
      return error(403, problem);
    }
    String[] path = uri.getRawPath().split("/", 4);
    Bucket bucket = path.length < 3 ? null : bucketOrNull(decode(path[2]));
    if (bucket == null) {
      return error(404, "ContainerNotFound");
    }
    Map<String, String> query = query(exchange);
    String key = path.length < 4 ? "" : decode(path[3]);
    if (key.isEmpty()) {
      return "list".equals(query.get("comp")) ? list(bucket, query) : error(501, "NotImplemented");
    }
    synchronized (bucket) {
      Blocks of = blocks.computeIfAbsent(decode(path[2]) + "/" + key, _ -> new Blocks());
      return switch (exchange.getRequestMethod()) {
        case "GET", "HEAD" -> get(bucket, key, of, exchange);
        case "PUT" -> put(bucket, key, of, query, exchange, body);
        case "DELETE" -> delete(bucket, key, of);
        default -> error(501, "NotImplemented");
      };
    }
  }

  private static Answer get(Bucket bucket, String key, Blocks of, HttpExchange exchange) {
    Bucket.Stored stored = bucket.get(key);
    if (stored == null) {
      return error(404, "BlobNotFound");
    }
    String match = header(exchange, "If-Match");
    if (match != null && !match.equals(etag(stored))) {
      return error(412, "ConditionNotMet");
    }
    Map<String, String> headers = new HashMap<>(of.about);
    headers.put("ETag", etag(stored));
    headers.put("Last-Modified", HTTP_DATE.format(stored.modified()));
    return ranged(stored.content(), headers, exchange, error(416, "InvalidRange"));
  }

  private static String etag(Bucket.Stored stored) {
    return "\"0x%X\"".formatted(stored.generation());
  }

  private Answer put(
      Bucket bucket,
      String key,
      Blocks of,
      Map<String, String> query,
      HttpExchange exchange,
      byte[] body) {
    return switch (query.getOrDefault("comp", "")) {
      case "" -> putBlob(bucket, key, of, exchange, body);
      case "block" -> {
        byte[] block = body;
        String source = header(exchange, "x-ms-copy-source");
        if (source != null) {
          String reader = header(exchange, "x-ms-copy-source-authorization");
          byte[] whole = source(URI.create(source), reader);
          if (whole == null) {
            yield error(404, "CannotVerifyCopySource");
          }
          block = range(whole, String.valueOf(header(exchange, "x-ms-source-range")));
        }
        of.uncommitted.put(String.valueOf(query.get("blockid")), block);
        yield Answer.of(201, Map.of());
      }
      case "blocklist" -> putBlockList(bucket, key, of, exchange, new String(body, UTF_8));
      default -> error(501, "NotImplemented");
    };
  }

  private static byte[] range(byte[] whole, String range) {
    Matcher matcher = RANGE.matcher(range);
    return matcher.matches()
        ? Arrays.copyOfRange(
            whole, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)) + 1)
        : whole;
  }

  /// What another blob holds; null if it is not there, or not for who asks.
  private byte @Nullable [] source(URI address, @Nullable String authorization) {
    String[] path = address.getRawPath().split("/", 4);
    if (!accounts.mayRead(address, authorization)) {
      return null;
    }
    Bucket.Stored stored = bucket(decode(path[2])).get(decode(path[3]));
    return stored == null ? null : stored.content();
  }

  private static Answer putBlob(
      Bucket bucket, String key, Blocks of, HttpExchange exchange, byte[] body) {
    if (!"BlockBlob".equals(header(exchange, "x-ms-blob-type"))) {
      return error(400, "MissingRequiredHeader");
    }
    boolean mustBeNew = "*".equals(header(exchange, "If-None-Match"));
    if (bucket.put(key, body, mustBeNew) == null) {
      return error(409, "BlobAlreadyExists");
    }
    of.uncommitted.clear();
    of.committed.clear();
    of.about = Map.of();
    return Answer.of(201, Map.of());
  }

  private static Answer putBlockList(
      Bucket bucket, String key, Blocks of, HttpExchange exchange, String xml) {
    Map<String, byte[]> committed = new LinkedHashMap<>();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    Matcher ids = BLOCK.matcher(xml);
    while (ids.find()) {
      byte[] block = of.uncommitted.getOrDefault(ids.group(1), of.committed.get(ids.group(1)));
      if (block == null) {
        return error(400, "InvalidBlockList");
      }
      committed.put(ids.group(1), block);
      whole.writeBytes(block);
    }
    of.uncommitted.clear();
    of.committed = committed;
    Map<String, String> about = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (name.toLowerCase(Locale.ROOT).startsWith("x-ms-meta-")) {
            about.put(name, values.getFirst());
          }
        });
    of.about = about;
    bucket.put(key, whole.toByteArray(), false);
    return Answer.of(201, Map.of());
  }

  private static Answer delete(Bucket bucket, String key, Blocks of) {
    if (bucket.get(key) == null) {
      return error(404, "BlobNotFound");
    }
    bucket.delete(key);
    of.committed.clear();
    of.about = Map.of();
    return Answer.of(202, Map.of());
  }

  private Answer list(Bucket bucket, Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    String delimiter = query.getOrDefault("delimiter", "");
    List<Map.Entry<String, Bucket.Stored>> page =
        bucket.list(prefix, query.getOrDefault("marker", ""), pageSize());
    StringBuilder xml = new StringBuilder("<EnumerationResults><Blobs>");
    for (Map.Entry<String, Bucket.Stored> each : page) {
      if (delimiter.isEmpty() || each.getKey().indexOf(delimiter, prefix.length()) < 0) {
        xml.append(
            "<Blob><Name>%s</Name><Properties><Last-Modified>%s</Last-Modified><Content-Length>%d</Content-Length></Properties></Blob>"
                .formatted(
                    escaped(each.getKey()),
                    HTTP_DATE.format(each.getValue().modified()),
                    each.getValue().content().length));
      }
    }
    String next = page.size() == pageSize() ? escaped(page.getLast().getKey()) : "";
    xml.append("</Blobs><NextMarker>").append(next).append("</NextMarker></EnumerationResults>");
    return Answer.xml(200, xml.toString());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
