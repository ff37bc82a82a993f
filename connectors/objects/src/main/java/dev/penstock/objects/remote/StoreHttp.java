package dev.penstock.objects.remote;

import dev.penstock.data.auth.NoToken;
import dev.penstock.objects.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// Requests to a store, each tried again while what refuses it may pass: no connection, 408, 429,
/// 5xx. Safe for use by several threads.
///
/// @param where it is, for messages
/// @param signer says who asks
public record StoreHttp(String where, Signer signer) {
  private static final int ATTEMPTS = 5;
  private static final int MILLIS_TO_CONNECT = 10_000;
  private static final int MILLIS_BETWEEN_BYTES = 60_000;
  private static final int FIRST_PAUSE = 100;
  private static final int LONGEST_PAUSE = 10_000;

  /// Says who asks.
  @FunctionalInterface
  public interface Signer {
    StoreRequest sign(StoreRequest request) throws IOException;
  }

  /// An answer whose body is read by the caller, if it is a good one.
  ///
  /// @param answer without a body, if there is a range
  public record Opened(StoreAnswer answer, Range range) {}

  /// @param what is done, for messages: `cannot read gs://lake/trips.csv`
  ///
  /// @return any answer, refusals too
  /// @throws StoreFailure when there is none
  public StoreAnswer send(StoreRequest request, String what) throws IOException {
    return attempts(request, what, true).answer();
  }

  /// As [#send], of which the body is read as it comes. What is not a good answer has its body read
  /// already.
  public Opened open(StoreRequest request, String what) throws IOException {
    return attempts(request, what, false);
  }

  private Opened attempts(StoreRequest request, String what, boolean whole) throws IOException {
    for (int attempt = 1; ; attempt++) {
      long wait;
      try {
        Opened opened = once(signer.sign(request), whole);
        if (attempt == ATTEMPTS || !opened.answer().isPassing()) {
          return opened;
        }
        wait = retryAfter(opened.answer());
      } catch (NoToken e) {
        boolean passing = e.status() == 0 || e.status() == 429 || e.status() >= 500;
        if (attempt == ATTEMPTS || !passing) {
          throw new StoreFailure(what + ": " + e.getMessage(), e);
        }
        wait = 0;
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new StoreFailure(
              "%s: %s cannot be reached: %s".formatted(what, where, e.getMessage()), e);
        }
        wait = 0;
      }
      pause(Math.max(wait, FIRST_PAUSE << (attempt - 1)), what);
    }
  }

  /// At most as long as that, and not as long as others who were refused at the same time.
  private static void pause(long millis, String what) throws IOException {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(what + ": interrupted");
    }
  }

  /// In milliseconds.
  private static long retryAfter(StoreAnswer answer) {
    String seconds = answer.header("retry-after");
    return seconds != null && seconds.matches("\\d{1,4}")
        ? Math.min(LONGEST_PAUSE, 1_000 * Long.parseLong(seconds))
        : 0;
  }

  private static Opened once(StoreRequest request, boolean whole) throws IOException {
    HttpURLConnection http = (HttpURLConnection) request.address().toURL().openConnection();
    http.setRequestMethod(request.method());
    http.setInstanceFollowRedirects(false);
    http.setUseCaches(false);
    http.setConnectTimeout(MILLIS_TO_CONNECT);
    http.setReadTimeout(MILLIS_BETWEEN_BYTES);
    request.headers().forEach(http::setRequestProperty);
    byte[] body = request.body();
    if (body != null) {
      http.setDoOutput(true);
      http.setFixedLengthStreamingMode(request.length());
      try (OutputStream out = http.getOutputStream()) {
        out.write(body, 0, request.length());
      }
    }
    int status = http.getResponseCode();
    Map<String, String> headers = headers(http);
    boolean good = status / 100 == 2;
    InputStream in = good ? http.getInputStream() : http.getErrorStream();
    if (good && !whole) {
      return new Opened(
          new StoreAnswer(status, headers, new byte[0]), new Range(in, http::disconnect));
    }
    byte[] answered = new byte[0];
    if (in != null) {
      try (in) {
        answered = in.readAllBytes();
      }
    }
    return new Opened(
        new StoreAnswer(status, headers, answered),
        new Range(InputStream.nullInputStream(), () -> {}));
  }

  private static Map<String, String> headers(HttpURLConnection http) {
    Map<String, String> headers = new LinkedHashMap<>();
    http.getHeaderFields()
        .forEach((name, values) -> {
          if (name != null && !values.isEmpty()) {
            headers.put(name.toLowerCase(Locale.ROOT), values.getFirst());
          }
        });
    return headers;
  }
}
