package dev.penstock.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.data.ConnectionName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A real API on the loopback interface: answers each request in the way that stands next in its
/// script, and as it always does when the script is at its end.
final class ApiServer implements AutoCloseable {
  /// What was asked, in order.
  final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Answer> script = new ArrayDeque<>();
  private volatile Answer always = json("[]");

  record Asked(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(), "");
    }
  }

  interface Answer {
    void to(HttpExchange exchange, Asked asked) throws Exception;
  }

  ApiServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /// @param settings what stands behind `#`; empty for nothing
  ConnectionName connection(String settings) {
    return new ConnectionName(url("") + (settings.isEmpty() ? "" : "#" + settings));
  }

  ApiServer then(Answer answer) {
    script.add(answer);
    return this;
  }

  ApiServer always(Answer answer) {
    always = answer;
    return this;
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      Map<String, String> query = new LinkedHashMap<>();
      String raw = exchange.getRequestURI().getRawQuery();
      for (String part : raw == null ? new String[0] : raw.split("&")) {
        String[] pair = part.split("=", 2);
        query.put(decoded(pair[0]), decoded(pair.length > 1 ? pair[1] : ""));
      }
      Map<String, String> headers = new LinkedHashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(), values.getFirst()));
      Asked now =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              query,
              headers,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      Answer next;
      synchronized (script) {
        asked.add(now);
        next = script.poll();
      }
      (next == null ? always : next).to(exchange, now);
    } catch (Exception e) {
      // the client went away, or is to be cut off
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  static Answer json(String body, String... headers) {
    return answer(200, body, headers);
  }

  static Answer answer(int status, String body, String... headers) {
    return (exchange, _) -> send(exchange, status, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  static void send(HttpExchange exchange, int status, byte[] body, String... headers)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
  }
}
