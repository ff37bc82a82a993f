package dev.penstock.http;

import dev.penstock.data.Redaction;
import dev.penstock.http.HttpFailed.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/// Sends one request, follows redirects, and gives up when nothing comes for too long.
///
/// Redirects are followed here rather than by the JDK, so that a password goes to the server of the
/// URL only, and never from HTTPS to HTTP.
final class Exchange {
  private static final int REDIRECTS = 10;

  private final HttpClient client;
  private final Duration idle;

  Exchange(HttpClient client, Duration idle) {
    this.client = client;
    this.idle = idle;
  }

  /// @param progress changes whenever a byte has come
  HttpResponse<Long> get(
      URI uri, Map<String, String> headers, BodyHandler<Long> handler, LongSupplier progress)
      throws IOException, InterruptedException {
    URI at = uri;
    for (int i = 0; i <= REDIRECTS; i++) {
      HttpResponse<Long> answer = await(request(at, uri, headers), handler, progress);
      Optional<String> location = answer.headers().firstValue("Location");
      if (!isRedirect(answer.statusCode()) || location.isEmpty()) {
        return answer;
      }
      at = next(at, location.get());
    }
    throw new HttpFailed(
        Reason.CONNECTION,
        "more than " + REDIRECTS + " redirects, the last one to " + shown(at),
        null);
  }

  private static HttpRequest request(URI at, URI first, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(withoutUser(at)).header("Accept-Encoding", "identity");
    headers.forEach(request::header);
    String user = first.getUserInfo();
    boolean sameServer =
        at.getHost().equalsIgnoreCase(first.getHost())
            && at.getPort() == first.getPort()
            && at.getScheme().equalsIgnoreCase(first.getScheme());
    if (user != null && sameServer) {
      byte[] credentials = user.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    return request.build();
  }

  private HttpResponse<Long> await(
      HttpRequest request, BodyHandler<Long> handler, LongSupplier progress)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Long>> answer = client.sendAsync(request, handler);
    try {
      while (true) {
        long before = progress.getAsLong();
        try {
          return answer.get(idle.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (progress.getAsLong() == before) {
            throw new IOException("nothing came for " + idle.toMillis() + " ms", e);
          }
        }
      }
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      answer.cancel(true); // of no effect when it is done
    }
  }

  /// What went wrong, without what the client has wrapped around a failure of ours.
  private static IOException failure(ExecutionException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpFailed ours) {
        return ours;
      }
    }
    return e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static URI next(URI at, String location) throws HttpFailed {
    URI next;
    try {
      next = at.resolve(new URI(location));
    } catch (URISyntaxException e) {
      throw new HttpFailed(
          Reason.CONNECTION, "redirected to what is no URL: " + Redaction.url(location), e);
    }
    boolean http = "http".equalsIgnoreCase(next.getScheme());
    boolean https = "https".equalsIgnoreCase(next.getScheme());
    if (next.getHost() == null || !(https || (http && "http".equalsIgnoreCase(at.getScheme())))) {
      throw new HttpFailed(
          Reason.CONNECTION,
          "redirected from " + shown(at) + " to " + shown(next) + ", which is not followed",
          null);
    }
    return next;
  }

  static URI withoutUser(URI uri) {
    if (uri.getRawUserInfo() == null) {
      return uri;
    }
    return URI.create(uri.toString().replaceFirst("//[^/@]*@", "//"));
  }

  private static String shown(URI uri) {
    return Redaction.url(uri.toString());
  }
}
