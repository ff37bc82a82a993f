package dev.penstock.bigquery;

import dev.penstock.data.BadJson;
import dev.penstock.data.ConnectionName;
import dev.penstock.data.JsonValue;
import dev.penstock.data.auth.AccessToken;
import dev.penstock.data.auth.NoToken;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The REST interface of BigQuery, for one project. Safe for use by several threads.
final class Rest {
  private static final String SCOPE = "https://www.googleapis.com/auth/bigquery";
  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Map<Project, Rest> SHARED = new ConcurrentHashMap<>();

  /// Shared by all of this process, so that connections are used again.
  private static final class Client {
    static final HttpClient SHARED =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  private final Project project;
  private final @Nullable AccessToken token;

  private Rest(Project project) {
    this.project = project;
    this.token = project.account().map(who -> who.token(SCOPE)).orElse(null);
  }

  static Rest of(ConnectionName connection) {
    return SHARED.computeIfAbsent(Project.of(connection), Rest::new);
  }

  Project project() {
    return project;
  }

  /// @param path below the project: `/datasets/d/tables`
  /// @param what is done, for messages
  JsonValue post(String path, String json, String what) throws IOException, InterruptedException {
    return send(request(path, what).POST(BodyPublishers.ofString(json)), what);
  }

  JsonValue get(String path, String what) throws IOException, InterruptedException {
    return send(request(path, what).GET(), what);
  }

  /// Removes a table, if it is there.
  void deleteTable(TableName table, String what) throws IOException, InterruptedException {
    try {
      patiently(() -> send(request(table.path(), what).DELETE(), what));
    } catch (BigQueryFailed e) {
      if (e.status() != 404) {
        throw e;
      }
    }
  }

  /// A request that may be sent twice.
  @FunctionalInterface
  interface Request {
    JsonValue send() throws IOException, InterruptedException;
  }

  /// Sends a request again while what refuses it may pass.
  JsonValue patiently(Request request) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return request.send();
      } catch (BigQueryFailed e) {
        if (attempt == ATTEMPTS || !e.isPassing()) {
          throw e;
        }
        Thread.sleep(e.retryAfter().orElse(FIRST_PAUSE.multipliedBy(1L << attempt)));
      }
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path, String what) throws BigQueryFailed {
    String base = project.endpoint().toString().replaceFirst("/$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(base + "/bigquery/v2/projects/" + encoded(project.name()) + path))
            .header("Content-Type", "application/json");
    if (token != null) {
      request.header("Authorization", "Bearer " + token(token, what));
    }
    return request;
  }

  private static String token(AccessToken token, String what) throws BigQueryFailed {
    try {
      return token.get();
    } catch (NoToken e) {
      throw new BigQueryFailed(what + ": " + e.getMessage(), e.status(), "", null, e);
    }
  }

  private JsonValue send(HttpRequest.Builder builder, String what)
      throws IOException, InterruptedException {
    HttpRequest request = builder.timeout(PATIENCE).build();
    HttpResponse<String> answer;
    try {
      answer = Client.SHARED.send(request, BodyHandlers.ofString());
    } catch (ConnectException e) {
      String where = request.uri().getAuthority();
      throw new BigQueryFailed(what + ": nobody answers at " + where, 0, "", null, e);
    } catch (IOException e) {
      throw new BigQueryFailed(what + ": " + e.getMessage(), 0, "", null, e);
    }
    JsonValue body = body(answer, what);
    if (answer.statusCode() / 100 != 2) {
      throw refusal(answer, body, what);
    }
    return body;
  }

  private static JsonValue body(HttpResponse<String> answer, String what) throws BigQueryFailed {
    if (answer.body().isBlank()) {
      return JsonValue.parse("{}");
    }
    try {
      return JsonValue.parse(answer.body());
    } catch (BadJson e) {
      throw new BigQueryFailed(
          what + ": the answer with status " + answer.statusCode() + " is " + e.getMessage(),
          answer.statusCode(),
          "",
          null,
          e);
    }
  }

  private static BigQueryFailed refusal(HttpResponse<String> answer, JsonValue body, String what) {
    String reason = body.at("/error/errors/0/reason").map(r -> r.text("")).orElse("");
    String message = body.at("/error/message").map(m -> m.text("")).orElse("no reason");
    Duration wait =
        answer
            .headers()
            .firstValue("Retry-After")
            .filter(seconds -> seconds.matches("\\d{1,6}"))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(null);
    return new BigQueryFailed(
        what
            + ": "
            + message
            + " ("
            + answer.statusCode()
            + (reason.isEmpty() ? "" : ", " + reason)
            + ")",
        answer.statusCode(),
        reason,
        wait,
        null);
  }
}
