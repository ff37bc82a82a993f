package dev.penstock.http;

import dev.penstock.data.JsonValue;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The tokens of one OAuth2 client, shared by all of this process that are the same client: had
/// when first needed, and anew a while before they expire, or when a server refuses one.
///
/// How long a token lives is counted from when it was asked for, by a clock that nobody sets.
final class Tokens {
  private static final Map<Auth.ClientCredentials, Tokens> SHARED = new ConcurrentHashMap<>();
  private static final long SECOND = 1_000_000_000L;
  private static final long EARLY = 30 * SECOND;
  private static final long DEFAULT_LIFE = 300;

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable String token;
  private long useUntil;

  /// Asks the server for a token.
  interface Asking {
    JsonValue ask() throws IOException, InterruptedException;
  }

  static Tokens of(Auth.ClientCredentials client) {
    return SHARED.computeIfAbsent(client, _ -> new Tokens());
  }

  /// A token to send.
  ///
  /// @param refused one that a server has just refused; null for none
  String get(@Nullable String refused, Asking server) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      String known = token;
      if (known != null && !known.equals(refused) && System.nanoTime() - useUntil < 0) {
        return known;
      }
      long asked = System.nanoTime();
      JsonValue answer = server.ask();
      String fresh = answer.text("/access_token");
      if (fresh == null || fresh.isEmpty() || !fresh.chars().allMatch(c -> c > ' ' && c < 127)) {
        throw new HttpFailed(
            HttpFailed.Reason.CONTENT, "the answer to the request for a token holds none", null);
      }
      Long life = answer.get("/expires_in", Long.class);
      long nanos = (life == null ? DEFAULT_LIFE : Math.clamp(life, 0, 86_400)) * SECOND;
      useUntil = asked + nanos - Math.min(EARLY, nanos / 10);
      token = fresh;
      return fresh;
    } finally {
      lock.unlock();
    }
  }
}
