package dev.penstock.objects.azure;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.DidYouMean;
import dev.penstock.objects.remote.StoreHttp;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One way to get into a storage account of Azure: where it is, and as whom.
///
/// @param endpoint without a slash at its end
record AzureAccess(URI endpoint, String account, AzureCredentials credentials, StoreHttp http) {
  /// Whatever the environment says.
  static final String AZURE = "az:";

  /// Of the interface.
  static final String VERSION = "2021-12-02";

  private static final Pattern URL =
      Pattern.compile("az:(?://(?<host>[^@?]*?)/?)?(?:[?](?<query>.*))?");
  private static final List<String> SETTINGS =
      List.of("accountKey", "sasToken", "tenantId", "clientId", "clientSecret", "authority", "tls");

  static AzureAccess of(ConnectionSettings connection, String account) {
    return of(connection, account, System::getenv);
  }

  /// @param variables the environment: null for what is not in it
  static AzureAccess of(
      ConnectionSettings connection, String account, UnaryOperator<@Nullable String> variables) {
    Matcher url = URL.matcher(connection.url());
    if (!url.matches()) {
      throw new IllegalArgumentException(
          "the URL of a connection to Azure must be az:?accountKey=…, or az://host:port?tls=false for another server, was "
              + connection);
    }
    Map<String, String> settings = new LinkedHashMap<>(query(url.group("query"), connection));
    settings.putAll(connection.properties());
    connection.secrets().forEach((name, secret) -> settings.put(name, secret.reveal()));
    String host = url.group("host");
    String scheme = "false".equals(settings.get("tls")) ? "http://" : "https://";
    URI endpoint =
        host == null || host.isEmpty()
            ? URI.create("https://" + account + ".blob.core.windows.net")
            : URI.create(scheme + host + "/" + account);
    AzureCredentials credentials = AzureCredentials.of(account, settings, variables);
    StoreHttp http =
        new StoreHttp(
            endpoint.toString(),
            request -> credentials.sign(request.with("x-ms-version", VERSION)));
    return new AzureAccess(endpoint, account, credentials, http);
  }

  private static Map<String, String> query(@Nullable String query, ConnectionSettings connection) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
      String[] pair = setting.split("=", 2);
      if (!SETTINGS.contains(pair[0]) || pair.length < 2) {
        throw new IllegalArgumentException(
            "a setting in the URL of a connection to Azure must be one of %s, with its value; in %s there is \"%s\"%s"
                .formatted(SETTINGS, connection, pair[0], DidYouMean.hint(pair[0], SETTINGS)));
      }
      settings.put(pair[0], URLDecoder.decode(pair[1].replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    return settings;
  }

  /// Where it is.
  @Override
  public String toString() {
    return endpoint.toString();
  }
}
