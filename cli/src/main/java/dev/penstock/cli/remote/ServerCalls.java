package dev.penstock.cli.remote;

import dev.penstock.data.Secret;
import dev.penstock.flow.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks a server, by a key. Ends when it is closed.
public final class ServerCalls implements AutoCloseable {
  private static final String ROOT = "/api/v1";
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int UNAUTHORIZED = 401;

  private final URI url;
  private final @Nullable Secret key;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  private ServerCalls(URI url, @Nullable Secret key) {
    this.url = url;
    this.key = key;
  }

  /// @param url such as `https://penstock.example.org`
  /// @param key null where nobody logs in
  /// @throws ServerRefused when that is no URL of a server
  public static ServerCalls to(String url, @Nullable Secret key) {
    try {
      URI parsed = URI.create(url.replaceFirst("/+$", ""));
      String scheme = String.valueOf(parsed.getScheme());
      if ((scheme.equals("http") || scheme.equals("https")) && parsed.getHost() != null) {
        return new ServerCalls(parsed, key);
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new ServerRefused(
        0,
        "PENSTOCK_API_URL: \"" + url + "\" is no URL of a server, such as http://127.0.0.1:4300");
  }

  Map<String, @Nullable Object> get(String path) {
    return send(request(path).GET());
  }

  Map<String, @Nullable Object> post(String path, Map<String, ? extends @Nullable Object> body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JsonTree.write(body))));
  }

  Map<String, @Nullable Object> delete(String path) {
    return send(request(path).DELETE());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + ROOT + path)).timeout(ANSWER);
    return key == null ? request : request.header("Authorization", "Bearer " + key.reveal());
  }

  private Map<String, @Nullable Object> send(HttpRequest.Builder request) {
    HttpResponse<String> answer;
    try {
      answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      String why = Optional.ofNullable(e.getMessage()).map(text -> ": " + text).orElse("");
      throw new ServerRefused(
          0,
          "the server at "
              + url
              + " cannot be reached"
              + why
              + "; PENSTOCK_API_URL says where it is");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerRefused(0, "interrupted while the server at " + url + " was asked");
    }
    Map<String, @Nullable Object> body = read(answer);
    if (answer.statusCode() == UNAUTHORIZED) {
      throw new ServerRefused(
          UNAUTHORIZED,
          "the server at "
              + url
              + " wants a key that it knows: set PENSTOCK_API_KEY;"
              + " penstock api-key create NAME, on its machine, makes one");
    }
    if (answer.statusCode() >= 400) {
      throw new ServerRefused(answer.statusCode(), String.valueOf(body.get("detail")));
    }
    return body;
  }

  private Map<String, @Nullable Object> read(HttpResponse<String> answer) {
    try {
      return JsonTree.readObject(answer.body());
    } catch (IllegalArgumentException e) {
      throw new ServerRefused(
          answer.statusCode(),
          "what answers at " + url + " is no Penstock server; PENSTOCK_API_URL says where it is");
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
