package dev.penstock.server.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Pages of things in the order of what tells them apart: what is made or deleted meanwhile makes
/// no other come twice or not at all.
final class KeyPages {
  /// What is given as after: the key that the next page begins with.
  static final Pattern CURSOR = Pattern.compile("(?:[\\w-]{4})*(?:[\\w-]{2,3})?");

  private KeyPages() {}

  /// @param keys the names of the members that tell one from the other
  /// @param from what the page before gave as after; null for the first
  static Map<String, @Nullable Object> page(
      List<Map<String, @Nullable Object>> all,
      List<String> keys,
      @Nullable String from,
      int limit) {
    NavigableMap<String, Map<String, @Nullable Object>> sorted = new TreeMap<>();
    for (Map<String, @Nullable Object> each : all) {
      sorted.put(key(each, keys), each);
    }
    String begin =
        from == null ? "" : new String(Base64.getUrlDecoder().decode(from), StandardCharsets.UTF_8);
    NavigableMap<String, Map<String, @Nullable Object>> rest = sorted.tailMap(begin, true);
    return Shapes.page(
        rest.values().stream().limit(limit).toList(),
        rest.keySet().stream().skip(limit).findFirst().map(KeyPages::cursor).orElse(null));
  }

  private static String key(Map<String, @Nullable Object> thing, List<String> keys) {
    return keys.stream()
        .map(key -> String.valueOf(thing.get(key)))
        .collect(Collectors.joining("\n"));
  }

  private static String cursor(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }
}
