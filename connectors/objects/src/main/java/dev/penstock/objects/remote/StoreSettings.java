package dev.penstock.objects.remote;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.DidYouMean;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a connection to a store says besides where it is: in the query of its URL, as properties,
/// and as secrets.
public final class StoreSettings {
  private StoreSettings() {}

  /// @param query of the URL, without the question mark; null or empty for none
  /// @param known the names that it may have
  /// @param store what messages call it
  ///
  /// @return by name, secrets in clear
  /// @throws IllegalArgumentException when the query has another name, or one without a value
  public static Map<String, String> of(
      ConnectionSettings connection, @Nullable String query, List<String> known, String store) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
      String[] pair = setting.split("=", 2);
      if (!known.contains(pair[0]) || pair.length < 2) {
        throw new IllegalArgumentException(
            "a setting in the URL of a connection to %s must be one of %s, with its value; in %s there is \"%s\"%s"
                .formatted(store, known, connection, pair[0], DidYouMean.hint(pair[0], known)));
      }
      settings.put(pair[0], URLDecoder.decode(pair[1].replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    settings.putAll(connection.properties());
    connection.secrets().forEach((name, secret) -> settings.put(name, secret.reveal()));
    return settings;
  }
}
