package dev.penstock.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An API of cards on the loopback interface: pages of 100, no more than 10 requests in any second,
/// and one call of a hundred fails.
final class CardServer implements AutoCloseable {
  static final int CARDS = 1_050;
  private static final int PAGE = 100;
  private static final Pattern NUMBER = Pattern.compile("page=(\\d+)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Long> lastSecond = new ArrayDeque<>();
  private int calls;
  private int failed;
  private int tooMany;

  /// The number of a card that has no id; -1 for none.
  volatile int nameless = -1;

  CardServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v2/cards", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v2/cards";
  }

  synchronized int failed() {
    return failed;
  }

  synchronized int tooMany() {
    return tooMany;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = status();
      if (status == 429) {
        exchange.getResponseHeaders().set("Retry-After", "1");
      }
      Matcher page = NUMBER.matcher(exchange.getRequestURI().getQuery());
      int number = page.find() ? Integer.parseInt(page.group(1)) : 1;
      byte[] body = (status == 200 ? cards(number) : "{}").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private synchronized int status() {
    long now = System.nanoTime();
    while (!lastSecond.isEmpty() && now - lastSecond.getFirst() > 1_000_000_000L) {
      lastSecond.removeFirst();
    }
    if (lastSecond.size() >= 10) {
      tooMany++;
      return 429;
    }
    lastSecond.add(now);
    if (calls++ % 100 == 4) {
      failed++;
      return 500;
    }
    return 200;
  }

  private String cards(int page) {
    return IntStream.range((page - 1) * PAGE, Math.min(CARDS, page * PAGE))
        .mapToObj(i ->
            "{\"id\":%s,\"name\":\"Card %d\",\"set\":{\"id\":\"base%d\"}}"
                .formatted(i == nameless ? "null" : "\"c" + i + "\"", i, i % 5))
        .collect(Collectors.joining(",", "{\"data\":[", "]}"));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
  }
}
