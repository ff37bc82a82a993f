package dev.penstock.objects.gcs;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.auth.AccessToken;
import dev.penstock.data.auth.GoogleCredentials;
import dev.penstock.objects.remote.StoreHttp;
import dev.penstock.objects.remote.StoreSettings;
import java.net.URI;
import java.nio.file.Path;
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
    Map<String, String> settings =
        StoreSettings.of(connection, url.group("query"), SETTINGS, "Google Cloud Storage");
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
