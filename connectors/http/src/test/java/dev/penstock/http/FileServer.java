package dev.penstock.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A real server on the loopback interface that answers each request in the way that stands next in
/// its script, and serves the file properly when the script is at its end.
final class FileServer implements AutoCloseable {
  final byte[] content;
  volatile String etag = "\"v1\"";

  /// What was asked for: the `Range` of each request, or `-`.
  final List<String> ranges = Collections.synchronizedList(new ArrayList<>());

  final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Answer> script = new ArrayDeque<>();

  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  FileServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  FileServer then(Answer answer) {
    script.add(answer);
    return this;
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      ranges.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      Answer next = script.poll();
      (next == null ? properly() : next).to(exchange);
    } catch (IOException e) {
      // the client went away, or was cut off
    }
  }

  Answer properly() {
    return exchange -> {
      String range = exchange.getRequestHeaders().getFirst("Range");
      String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
      if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        exchange.sendResponseHeaders(304, -1);
        return;
      }
      exchange.getResponseHeaders().set("ETag", etag);
      if (range != null && etag.equals(ifRange)) {
        rest(exchange, Integer.parseInt(range.replaceAll("\\D", "")));
      } else {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
      }
    };
  }

  private void rest(HttpExchange exchange, int from) throws IOException {
    String range = "bytes " + from + "-" + (content.length - 1) + "/" + content.length;
    exchange.getResponseHeaders().set("Content-Range", range);
    exchange.sendResponseHeaders(206, content.length - from);
    exchange.getResponseBody().write(content, from, content.length - from);
  }

  /// Promises everything, sends some bytes more, and cuts the connection.
  Answer cutAfter(int bytes) {
    return exchange -> {
      String range = exchange.getRequestHeaders().getFirst("Range");
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      exchange.getResponseHeaders().set("ETag", etag);
      if (from > 0) {
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
      exchange.getResponseBody().write(Arrays.copyOfRange(content, from, from + bytes));
      exchange.getResponseBody().flush();
    };
  }

  static Answer status(int status, String... header) {
    return exchange -> {
      for (int i = 0; i < header.length; i += 2) {
        exchange.getResponseHeaders().set(header[i], header[i + 1]);
      }
      exchange.sendResponseHeaders(status, 3);
      exchange.getResponseBody().write("no\n".getBytes());
    };
  }

  /// Everything, whatever was asked for.
  Answer whole() {
    return exchange -> {
      exchange.getResponseHeaders().set("ETag", etag);
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    };
  }

  /// Everything, without telling its length beforehand.
  Answer chunked() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(content);
      }
    };
  }

  /// Begins, and then sends nothing for ever.
  Answer stalled(int bytes, java.util.concurrent.CountDownLatch until) {
    return exchange -> {
      exchange.getResponseHeaders().set("ETag", etag);
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, bytes);
      exchange.getResponseBody().flush();
      try {
        until.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
  }
}
