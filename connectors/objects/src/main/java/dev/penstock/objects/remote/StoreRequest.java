package dev.penstock.objects.remote;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a store is asked over HTTP.
///
/// @param address all that is not a letter or digit encoded by percent signs
/// @param body null for none
/// @param length how many bytes of the body are sent
public record StoreRequest(
    String method, URI address, Map<String, String> headers, byte @Nullable [] body, int length) {
  private static final byte[] NOTHING = {};

  /// Without a body.
  public static StoreRequest of(String method, String address) {
    return new StoreRequest(method, URI.create(address), Map.of(), null, 0);
  }

  public StoreRequest with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new StoreRequest(method, address, more, body, length);
  }

  /// With a body, of no type that matters unless one was said before.
  public StoreRequest sending(byte[] content, int length) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.putIfAbsent("Content-Type", "application/octet-stream");
    return new StoreRequest(method, address, more, content, length);
  }

  /// With a body that is empty.
  public StoreRequest sendingNothing() {
    return sending(NOTHING, 0);
  }

  /// With a range of bytes.
  ///
  /// @param end the first that is not wanted
  public StoreRequest range(long from, long end) {
    return with("Range", "bytes=%d-%d".formatted(from, end - 1));
  }

  /// A text within an address, slashes included.
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /// A key as a path, whose slashes stay.
  public static String path(String key) {
    return encoded(key).replace("%2F", "/");
  }
}
