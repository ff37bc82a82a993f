package dev.penstock.flow.notify;

import dev.penstock.data.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What carries messages out of this process, with time limits. Safe for use by several threads.
///
/// @param limit for one message in all
public record Carriers(HttpClient http, Duration limit) implements AutoCloseable {

  public static Carriers within(Duration limit) {
    return new Carriers(
        HttpClient.newBuilder()
            .connectTimeout(limit)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build(),
        limit);
  }

  /// Posts JSON.
  ///
  /// @return the status, if it is one of success
  int post(Secret url, Map<String, String> headers, String json) throws InterruptedException {
    URI uri = uri(url);
    int status = status(uri, request(uri, headers, json));
    if (status / 100 != 2) {
      throw new NotSent(uri.getHost() + " answered " + status, status, isForGood(status));
    }
    return status;
  }

  private static HttpRequest request(URI uri, Map<String, String> headers, String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).header("Content-Type", "application/json; charset=utf-8");
    try {
      headers.forEach(request::setHeader);
    } catch (IllegalArgumentException e) {
      throw new NotSent(
          "a header of the block cannot be sent: it has characters that none may have", 0, true);
    }
    return request.POST(HttpRequest.BodyPublishers.ofString(json)).build();
  }

  private int status(URI uri, HttpRequest request) throws InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS).statusCode();
    } catch (TimeoutException e) {
      throw new NotSent(uri.getHost() + " did not answer within " + limit, 0, false);
    } catch (ExecutionException e) {
      String why = e.getCause() == null ? "" : ": " + e.getCause().getClass().getSimpleName();
      throw new NotSent(uri.getHost() + " cannot be reached" + why, 0, false);
    } finally {
      answer.cancel(true);
    }
  }

  private static URI uri(Secret url) {
    try {
      URI uri = URI.create(url.reveal());
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below, without the URL
    }
    throw new NotSent("the URL of the block is none of http:// or https://", 0, true);
  }

  private static boolean isForGood(int status) {
    return switch (status) {
      case 408, 425, 429 -> false;
      default -> status < 500;
    };
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
