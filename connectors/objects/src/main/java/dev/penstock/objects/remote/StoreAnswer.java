package dev.penstock.objects.remote;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a store has answered.
///
/// @param headers by their names in small letters
public record StoreAnswer(int status, Map<String, String> headers, byte[] body) {

  /// Whether it was done.
  public boolean isOk() {
    return status / 100 == 2;
  }

  /// Whether the same may well be done later.
  boolean isPassing() {
    return status == 408 || status == 429 || status >= 500 && status != 501;
  }

  public @Nullable String header(String name) {
    return headers.get(name);
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
