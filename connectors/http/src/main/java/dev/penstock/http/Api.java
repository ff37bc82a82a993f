package dev.penstock.http;

import dev.penstock.data.BadJson;
import dev.penstock.data.BadText;
import dev.penstock.data.ConnectionName;
import dev.penstock.http.HttpFailed.Reason;
import dev.penstock.pipeline.engine.Pace;
import dev.penstock.pipeline.plan.Limiter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// An API that requests can be sent to: knows who sends them and how often that may be. Safe for
/// use by several threads.
final class Api {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final int SHOWN = 300;

  private final ApiSettings settings;
  private final Calling calling;
  private final HttpClient client;
  private final @Nullable Pace pace;

  /// @throws IllegalArgumentException when the connection is none to an API
  Api(ConnectionName connection, Calling calling) {
    this.settings = ApiSettings.of(connection);
    this.calling = calling;
    this.client = Clients.of(settings.base(), settings.proxy());
    Limiter rate = calling.rate();
    this.pace =
        rate == null
            ? null
            : Pace.of(
                rate.name().isEmpty()
                    ? Limiter.named("http " + settings.base().getRawAuthority(), rate.rate())
                    : rate);
  }

  /// A request to a place of this API.
  ///
  /// @param body null for none
  record Request(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {}

  ApiSettings settings() {
    return settings;
  }

  /// The place of a path, which is added to the connection's URL.
  URI uri(String path) {
    if (path.isEmpty()) {
      return settings.base();
    }
    String base = settings.base().toString().replaceFirst("\\?.*", "").replaceFirst("/$", "");
    return ApiSettings.uri(base + (path.startsWith("/") ? path : "/" + path));
  }

  /// Whether a place is of the server that this API's secrets are for.
  boolean isOurs(URI uri) {
    URI base = settings.base();
    return uri.getScheme().equalsIgnoreCase(base.getScheme())
        && String.valueOf(uri.getHost()).equalsIgnoreCase(base.getHost())
        && uri.getPort() == base.getPort();
  }

  /// The answer to a request, which is tried again as the settings say.
  HttpAnswer persistently(Request request) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(request);
      } catch (HttpFailed e) {
        if (!worthAnother(e, attempt)) {
          throw e.afterTries(attempt);
        }
        Thread.sleep(Duration.ofNanos(calling.retry().delayNanos(attempt, e)));
      }
    }
  }

  private boolean worthAnother(HttpFailed failure, int attempt) {
    boolean soon = failure.retryAfter().map(d -> d.compareTo(LONGEST_WAIT) <= 0).orElse(true);
    try {
      return failure.isPassing() && soon && calling.retry().again(attempt, failure);
    } catch (Exception e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  /// The answer to one request.
  ///
  /// @throws HttpFailed when there is none, or its status says no
  HttpAnswer once(Request request) throws IOException, InterruptedException {
    if (!(settings.auth() instanceof Auth.ClientCredentials client)) {
      return good(request, send(request, null), "");
    }
    String token = token(client, null);
    Received answer = send(request, token);
    if (answer.status() == 401) { // it was revoked, or lives shorter than told
      token = token(client, token);
      answer = send(request, token);
    }
    return good(request, answer, token);
  }

  private String token(Auth.ClientCredentials client, @Nullable String refused)
      throws IOException, InterruptedException {
    String scope = client.scope();
    String form =
        "grant_type=client_credentials"
            + (scope.isEmpty() ? "" : "&scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8));
    Request request =
        new Request(
            "POST",
            client.tokenUrl(),
            Map.of(
                "Content-Type", "application/x-www-form-urlencoded",
                "Accept", "application/json",
                "Authorization", client.basic()),
            form.getBytes(StandardCharsets.US_ASCII));
    return Tokens.of(client)
        .get(
            refused,
            () -> {
              try {
                return good(request, send(request, null), "").json();
              } catch (BadJson e) {
                throw new HttpFailed(Reason.CONTENT, what(request) + ": " + e.getMessage(), null);
              }
            });
  }

  private record Received(int status, HttpHeaders headers, byte[] body) {}

  /// @param token that was sent, which the server may repeat; empty for none
  private HttpAnswer good(Request request, Received answer, String token) throws HttpFailed {
    if (answer.status() >= 200 && answer.status() < 300) {
      return new HttpAnswer(answer.status(), answer.headers(), answer.body(), what(request));
    }
    Duration wait = RetryAfterHeader.of(answer.headers()).orElse(null);
    String hint = wait == null ? "" : " and asks to wait " + wait.toSeconds() + " s";
    String said = new String(answer.body(), StandardCharsets.UTF_8).strip();
    String more =
        switch (answer.status()) {
          case 300, 301, 302, 303, 307, 308 ->
              ": it has moved to %s; name that place"
                  .formatted(answer.headers().firstValue("Location").orElse("nowhere"));
          case 401 -> ": look at the token, key or password of connection " + settings.name();
          default ->
              said.isEmpty()
                  ? ""
                  : ": " + (said.length() > SHOWN ? said.substring(0, SHOWN) + "…" : said);
        };
    String text = more.replaceAll("\\s+", " ").replace(token.isEmpty() ? "\n" : token, "***");
    throw new HttpFailed(
        what(request) + ": the server answers " + answer.status() + hint + settings.redact(text),
        answer.status(),
        wait);
  }

  private Received send(Request request, @Nullable String token)
      throws IOException, InterruptedException {
    if (pace != null) {
      pace.await();
    }
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(
            httpRequest(request, token), _ -> new BoundedBody(calling.limit().bytes()));
    try {
      HttpResponse<byte[]> answer = sent.get(calling.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return new Received(answer.statusCode(), answer.headers(), unpacked(answer, request));
    } catch (TimeoutException e) {
      throw new HttpFailed(
          Reason.TIMEOUT,
          what(request)
              + ": the whole answer did not come within "
              + calling.timeout().toMillis()
              + " ms",
          null);
    } catch (ExecutionException e) {
      throw failure(request, e.getCause());
    } finally {
      sent.cancel(true); // of no effect when it is done
    }
  }

  private HttpRequest httpRequest(Request request, @Nullable String token) {
    URI uri =
        settings.auth() instanceof Auth.Parameter(String name, String value)
            ? Queries.with(request.uri(), name, value)
            : request.uri();
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri).header("Accept-Encoding", "gzip");
    calling.headers().forEach(builder::setHeader);
    request.headers().forEach(builder::setHeader);
    if (settings.auth() instanceof Auth.Header(String name, String value)) {
      builder.setHeader(name, value);
    }
    if (token != null) {
      builder.setHeader("Authorization", "Bearer " + token);
    }
    byte[] body = request.body();
    return builder
        .method(
            request.method(),
            body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
        .build();
  }

  private byte[] unpacked(HttpResponse<byte[]> answer, Request request) throws HttpFailed {
    String packed = answer.headers().firstValue("Content-Encoding").orElse("identity");
    byte[] body = answer.body();
    if (packed.equalsIgnoreCase("identity") || body.length == 0) {
      return body;
    }
    if (!packed.equalsIgnoreCase("gzip") && !packed.equalsIgnoreCase("x-gzip")) {
      throw new HttpFailed(
          Reason.CONTENT,
          what(request) + ": the answer is packed by " + BadText.quoted(packed) + ", wanted gzip",
          null);
    }
    int limit = Math.toIntExact(calling.limit().bytes());
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] unpacked = in.readNBytes(limit + 1);
      if (unpacked.length > limit) {
        throw tooLarge(request);
      }
      return unpacked;
    } catch (HttpFailed e) {
      throw e;
    } catch (IOException e) {
      throw new HttpFailed(
          Reason.CONNECTION,
          what(request) + ": the answer cannot be unpacked: " + e.getMessage(),
          e);
    }
  }

  private HttpFailed failure(Request request, @Nullable Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BoundedBody.TooLarge) {
        return tooLarge(request);
      }
      if (cause instanceof ConnectException) {
        URI to = settings.proxy().orElse(request.uri());
        return new HttpFailed(
            Reason.CONNECTION, what(request) + ": nobody answers at " + to.getRawAuthority(), null);
      }
    }
    String said = thrown == null ? "" : String.valueOf(thrown.getMessage());
    String why = said.isEmpty() || said.equals("null") ? String.valueOf(thrown) : said;
    String redacted = settings.redact(why);
    return new HttpFailed(
        Reason.CONNECTION, what(request) + ": " + redacted, redacted.equals(why) ? thrown : null);
  }

  private HttpFailed tooLarge(Request request) {
    return new HttpFailed(
        Reason.TOO_LARGE,
        what(request)
            + ": the answer is larger than the limit of "
            + calling.limit()
            + "; ask for smaller pages, or raise it by limit(…)",
        null);
  }

  /// A request, for messages.
  private String what(Request request) {
    return request.method() + " " + shown(request.uri());
  }

  /// A place, for messages.
  String shown(URI uri) {
    return settings.redact(uri.toString());
  }
}
