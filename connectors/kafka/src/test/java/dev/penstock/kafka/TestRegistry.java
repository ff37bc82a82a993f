package dev.penstock.kafka;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.data.JsonCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;

/// A registry of schemas over HTTP, of the usual shape: what is posted below a subject gets an id,
/// and is found by it.
final class TestRegistry implements AutoCloseable {
  private static final JsonCodec<Kept> KEPT = JsonCodec.of(Kept.class);
  private static final JsonCodec<Id> ID = JsonCodec.of(Id.class);
  private static final String BY_ID = "/schemas/ids/";

  private final HttpServer server;
  private final List<String> schemas = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final AtomicInteger clients = new AtomicInteger();

  record Kept(String schema) {}

  record Id(int id) {}

  TestRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /// What it was asked for, in order.
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    byte[] answer = answer(exchange.getRequestMethod() + " " + path, body);
    exchange.sendResponseHeaders(answer.length == 0 ? 404 : 200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private synchronized byte[] answer(String request, byte[] body) {
    asked.add(request);
    if (request.matches("POST /subjects/[^/]+/versions")) {
      String schema = KEPT.read(body, 0, body.length).schema();
      if (!schemas.contains(schema)) {
        schemas.add(schema);
      }
      return ID.write(new Id(schemas.indexOf(schema) + 1));
    }
    int id = Integer.parseInt(request.substring("GET ".length() + BY_ID.length()));
    return id > schemas.size() ? new byte[0] : KEPT.write(new Kept(schemas.get(id - 1)));
  }

  Client client() {
    clients.incrementAndGet();
    return new Client();
  }

  /// How many clients are not closed.
  int clients() {
    return clients.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /// Asks it, once for each schema. For one thread.
  final class Client implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, byte[]> known = new HashMap<>();
    private final String url = "http://localhost:" + server.getAddress().getPort();

    int register(String subject, String schema) {
      String path = "/subjects/" + subject + "/versions";
      byte[] answer =
          known.computeIfAbsent(
              path + schema,
              _ ->
                  send(
                      request(path)
                          .POST(
                              HttpRequest.BodyPublishers.ofByteArray(
                                  KEPT.write(new Kept(schema))))));
      return ID.read(answer, 0, answer.length).id();
    }

    String schema(int id) {
      byte[] answer = known.computeIfAbsent(BY_ID + id, path -> send(request(path)));
      return KEPT.read(answer, 0, answer.length).schema();
    }

    private HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(URI.create(url + path));
    }

    private byte[] send(HttpRequest.Builder request) {
      HttpRequest built = request.build();
      try {
        HttpResponse<byte[]> answer = http.send(built, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
          throw new SerializationException(
              "HTTP " + answer.statusCode() + " from " + built.uri().getPath());
        }
        return answer.body();
      } catch (IOException e) {
        throw new SerializationException("cannot get " + built.uri().getPath(), e);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }

    @Override
    public void close() {
      http.close();
      clients.decrementAndGet();
    }
  }
}
