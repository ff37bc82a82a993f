package dev.penstock.data.auth;

import dev.penstock.data.BadJson;
import dev.penstock.data.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A token that says who asks, got when it is needed and kept while it is good. Safe for use by
/// several threads.
public final class AccessToken {
  private static final int MILLIS_TO_CONNECT = 5_000;
  private static final int MILLIS_TO_ANSWER = 30_000;
  private static final long SECONDS_IF_NOT_SAID = 300;

  private final String who;
  private final Supplier<TokenRequest> request;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable String token;
  private long useUntil;

  /// @param who asks, for messages
  /// @param request made anew each time that a token is needed
  public AccessToken(String who, Supplier<TokenRequest> request) {
    this.who = who;
    this.request = request;
  }

  /// What goes behind `Authorization: Bearer`.
  ///
  /// @throws NoToken when there is none to be had
  public String get() throws NoToken {
    lock.lock();
    try {
      String known = token;
      if (known != null && System.nanoTime() - useUntil < 0) {
        return known;
      }
      long asked = System.nanoTime();
      JsonValue answer = ask(request.get());
      String fresh = answer.text("/access_token");
      if (fresh == null) {
        throw new NoToken(what() + ": there is none in the answer", 0, null);
      }
      Long life = answer.get("/expires_in", Long.class);
      long seconds = life == null ? SECONDS_IF_NOT_SAID : life;
      useUntil = asked + Duration.ofSeconds(seconds).toNanos() * 9 / 10;
      token = fresh;
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  private String what() {
    return "getting a token for " + who;
  }

  private JsonValue ask(TokenRequest request) throws NoToken {
    String where = request.address().getAuthority();
    try {
      HttpURLConnection http = (HttpURLConnection) request.address().toURL().openConnection();
      http.setConnectTimeout(MILLIS_TO_CONNECT);
      http.setReadTimeout(MILLIS_TO_ANSWER);
      request.headers().forEach(http::setRequestProperty);
      String form = request.form();
      if (form != null) {
        http.setDoOutput(true);
        http.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        http.getOutputStream().write(form.getBytes(StandardCharsets.US_ASCII));
      }
      int status = http.getResponseCode();
      try (InputStream in = status / 100 == 2 ? http.getInputStream() : http.getErrorStream()) {
        String body = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return parsed(status, body);
      }
    } catch (NoToken e) {
      throw e;
    } catch (ConnectException | UnknownHostException | SocketTimeoutException e) {
      throw new NoToken(what() + ": nobody answers at " + where, 0, e);
    } catch (IOException e) {
      throw new NoToken(what() + ": " + e.getMessage(), 0, e);
    }
  }

  private JsonValue parsed(int status, String body) throws NoToken {
    JsonValue answer;
    try {
      answer = JsonValue.parse(body);
    } catch (BadJson e) {
      throw new NoToken(
          what() + ": the answer with status " + status + " is " + e.getMessage(), status, e);
    }
    if (status / 100 != 2) {
      String why = answer.at("/error_description").map(text -> text.text("")).orElse("no reason");
      throw new NoToken(what() + ": " + why + " (" + status + ")", status, null);
    }
    return answer;
  }
}
