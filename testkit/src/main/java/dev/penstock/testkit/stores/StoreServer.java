package dev.penstock.testkit.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A server on loopback that speaks as much of the protocol of a store as Penstock uses, in memory.
/// What it does not know, it refuses by 501. Faults are planted by [#fault].
public abstract class StoreServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final int pageSize;
  private final @Nullable Path directory;
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

  /// @param pageSize how many keys are listed at once
  protected StoreServer(int pageSize) {
    this(pageSize, 0, null);
  }

  /// One that keeps what its buckets hold, and goes on with what it has kept.
  ///
  /// @param pageSize how many keys are listed at once
  /// @param port 0 for a free one
  /// @param directory with a directory for each bucket, where objects lie under their keys; null to
  ///   keep nothing. A key that is the beginning of another one cannot be kept beside it
  protected StoreServer(int pageSize, int port, @Nullable Path directory) {
    this.pageSize = pageSize;
    this.directory = directory;
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Begins to answer.
  protected final void listen() {
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /// `127.0.0.1:port`
  public final String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// What `connection(…)` is told to come in here.
  public abstract String url();

  /// Tells the requests that complete an upload whose key begins so.
  public abstract Predicate<String> completing(String bucket, String keyBegins);

  /// Tells the requests that create an object whose key begins so.
  public abstract Predicate<String> creating(String bucket, String keyBegins);

  /// Tells the requests for the bytes of an object whose key ends so.
  public abstract Predicate<String> reading(String keyEnds);

  protected final int pageSize() {
    return pageSize;
  }

  public final void createBucket(String name) {
    buckets.computeIfAbsent(
        plain(name),
        plain -> new Bucket(directory == null ? null : new KeptBucket(directory.resolve(plain))));
  }

  /// A bucket's own name, of what locations call it.
  protected String plain(String bucket) {
    return bucket;
  }

  /// The keys of all objects of a bucket.
  public List<String> keys(String bucket) {
    return bucket(bucket).list("", "", Integer.MAX_VALUE).stream().map(Map.Entry::getKey).toList();
  }

  /// The content of an object; null when there is none.
  public final byte @Nullable [] content(String bucket, String key) {
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

  /// Removes all objects whose keys begin so.
  public final void deleteAll(String bucket, String keyBegins) {
    Bucket all = bucket(bucket);
    all.list(keyBegins, "", Integer.MAX_VALUE).forEach(each -> all.delete(each.getKey()));
  }

  protected final @Nullable Bucket bucketOrNull(String name) {
    return buckets.get(plain(name));
  }

  protected final Bucket bucket(String name) {
    Bucket bucket = bucketOrNull(name);
    if (bucket == null) {
      throw new IllegalArgumentException("no bucket " + name);
    }
    return bucket;
  }

  /// Lets requests go wrong.
  ///
  /// @param request told of each as `PUT /bucket/key?query`
  /// @param times how many of them
  public final void fault(Predicate<String> request, Fault fault, int times) {
    faults.add(new Planted(request, fault, new AtomicInteger(times)));
  }

  /// Lets no more requests go wrong.
  public final void heal() {
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
        send(exchange, busy(), null);
        return;
      }
      Answer answer = answer(exchange, body);
      if (fault != Fault.ANSWER_LOST) {
        send(exchange, answer, fault);
      }
    }
  }

  /// What is answered if nothing goes wrong.
  protected abstract Answer answer(HttpExchange exchange, byte[] body);

  /// A refusal by 503.
  protected abstract Answer busy();

  private static void send(HttpExchange exchange, Answer answer, @Nullable Fault fault)
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

  /// An answer.
  public record Answer(int status, Map<String, String> headers, byte[] body) {
    public static Answer xml(int status, String xml) {
      return new Answer(
          status,
          Map.of("Content-Type", "application/xml"),
          ("<?xml version=\"1.0\"?>" + xml).getBytes(UTF_8));
    }

    public static Answer json(int status, String json) {
      return new Answer(
          status, Map.of("Content-Type", "application/json; charset=UTF-8"), json.getBytes(UTF_8));
    }

    public static Answer of(int status, Map<String, String> headers) {
      return new Answer(status, headers, new byte[0]);
    }
  }

  /// A content, or the range of it that was asked for.
  protected static Answer ranged(
      byte[] content, Map<String, String> headers, HttpExchange exchange, Answer badRange) {
    String range = header(exchange, "Range");
    if (range == null || exchange.getRequestMethod().equals("HEAD")) {
      return new Answer(200, headers, content);
    }
    Matcher matcher = RANGE.matcher(range);
    int size = content.length;
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) >= size) {
      return badRange;
    }
    int from = Integer.parseInt(matcher.group(1));
    String last = matcher.group(2);
    int to = last.isEmpty() ? size : Math.min(size, Integer.parseInt(last) + 1);
    Map<String, String> ranged = new HashMap<>(headers);
    ranged.put("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, size));
    return new Answer(206, ranged, Arrays.copyOfRange(content, from, to));
  }

  protected static @Nullable String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  /// The query of an address: sorted, and encoded as it came.
  public static Map<String, String> rawQuery(@Nullable String raw) {
    Map<String, String> query = new TreeMap<>();
    for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
      int equal = pair.indexOf('=');
      query.put(
          equal < 0 ? pair : pair.substring(0, equal), equal < 0 ? "" : pair.substring(equal + 1));
    }
    return query;
  }

  /// The query of a request.
  protected static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = rawQuery(exchange.getRequestURI().getRawQuery());
    query.replaceAll((_, value) -> decode(value));
    return query;
  }

  /// What percent signs stand for.
  public static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
