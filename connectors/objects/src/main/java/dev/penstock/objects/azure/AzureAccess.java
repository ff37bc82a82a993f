package dev.penstock.objects.azure;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.objects.remote.StoreHttp;
import dev.penstock.objects.remote.StoreSettings;
import java.net.URI;
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
    Map<String, String> settings =
        StoreSettings.of(connection, url.group("query"), SETTINGS, "Azure");
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

  /// Where it is.
  @Override
  public String toString() {
    return endpoint.toString();
  }
}
