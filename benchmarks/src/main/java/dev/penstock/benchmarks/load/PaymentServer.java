package dev.penstock.benchmarks.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/// Takes payments on the loopback interface, one to a line, and tells how many it has taken: `POST
/// /payments`, `GET /count`. Prints its port, and ends when its standard input does.
public final class PaymentServer {
  private final LongAdder taken = new LongAdder();

  private PaymentServer() {}

  public static void main(String[] args) throws IOException {
    PaymentServer payments = new PaymentServer();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/payments", payments::take);
    server.createContext("/count", payments::count);
    server.start();
    System.out.println(server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // only its end matters
    }
    System.exit(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    int lines = 0;
    for (byte b : body) {
      if (b == '\n') {
        lines++;
      }
    }
    taken.add(lines);
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private void count(HttpExchange exchange) throws IOException {
    byte[] count = Long.toString(taken.sum()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, count.length);
    exchange.getResponseBody().write(count);
    exchange.close();
  }
}
