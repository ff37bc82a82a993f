package dev.penstock.objects.gcs;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.DidYouMean;
import dev.penstock.data.auth.AccessToken;
import dev.penstock.data.auth.GoogleCredentials;
import dev.penstock.objects.remote.StoreHttp;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One way to get into Google Cloud Storage: where it is, and as whom.
///
/// @param endpoint without a slash at its end
/// @param credentials null for a server that does not want to know
record GcsAccess(URI endpoint, @Nullable GoogleCredentials credentials, StoreHttp http) {
  /// Whatever the environment says.
  static final String GOOGLE = "gs:";

  private static final URI SERVICE = URI.create("https://storage.googleapis.com");
  private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";
  private static final Pattern URL =
      Pattern.compile("gs:(?://(?<host>[^@/?]*)/?)?(?:[?](?<query>.*))?");
  private static final List<String> SETTINGS = List.of("credentials", "tls", "service_account");

  static GcsAccess of(ConnectionSettings connection) {
    return of(connection, System.getenv("STORAGE_EMULATOR_HOST"));
  }

  /// @param emulator a server that the environment names; null for none
  static GcsAccess of(ConnectionSettings connection, @Nullable String emulator) {
    Matcher url = URL.matcher(connection.url());
    if (!url.matches()) {
      throw new IllegalArgumentException(
          "the URL of a connection to Google Cloud Storage must be gs:?credentials=FILE, or gs://host:port?tls=false for another server, was "
              + connection);
    }
    Map<String, String> settings = new LinkedHashMap<>(query(url.group("query"), connection));
    settings.putAll(connection.properties());
    connection.secrets().forEach((name, secret) -> settings.put(name, secret.reveal()));
    String host = url.group("host");
    String scheme = "false".equals(settings.get("tls")) ? "http://" : "https://";
    URI endpoint = host == null || host.isEmpty() ? endpoint(emulator) : URI.create(scheme + host);
    GoogleCredentials credentials = credentials(settings, endpoint);
    return new GcsAccess(endpoint, credentials, http(endpoint, credentials));
  }

  private static URI endpoint(@Nullable String emulator) {
    if (emulator == null || emulator.isEmpty()) {
      return SERVICE;
    }
    String address = emulator.replaceFirst("/+$", "");
    return URI.create(address.contains("://") ? address : "http://" + address);
  }

  private static Map<String, String> query(@Nullable String query, ConnectionSettings connection) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
      String[] pair = setting.split("=", 2);
      if (!SETTINGS.contains(pair[0]) || pair.length < 2) {
        throw new IllegalArgumentException(
            "a setting in the URL of a connection to Google Cloud Storage must be one of %s, with its value; in %s there is \"%s\"%s"
                .formatted(SETTINGS, connection, pair[0], DidYouMean.hint(pair[0], SETTINGS)));
      }
      settings.put(pair[0], URLDecoder.decode(pair[1].replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    return settings;
  }

  private static @Nullable GoogleCredentials credentials(
      Map<String, String> settings, URI endpoint) {
    String key = settings.get("service_account");
    if (key != null) {
      return GoogleCredentials.of(key);
    }
    String file = settings.get("credentials");
    if (file != null) {
      return GoogleCredentials.in(Path.of(file));
    }
    return endpoint.equals(SERVICE) ? GoogleCredentials.ofProcess() : null;
  }

  private static StoreHttp http(URI endpoint, @Nullable GoogleCredentials credentials) {
    if (credentials == null) {
      return new StoreHttp(endpoint.toString(), request -> request);
    }
    AccessToken token = credentials.token(SCOPE);
    return new StoreHttp(
        endpoint.toString(), request -> request.with("Authorization", "Bearer " + token.get()));
  }

  /// Where it is.
  @Override
  public String toString() {
    return endpoint.toString();
  }
}
