package dev.penstock.objects.azure;

import dev.penstock.data.auth.AccessToken;
import dev.penstock.data.auth.TokenRequest;
import dev.penstock.objects.remote.StoreRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Who asks Azure. Never shown.
sealed interface AzureCredentials {
  String SCOPE = "https://storage.azure.com/.default";

  /// Says in a request who asks.
  StoreRequest sign(StoreRequest request) throws IOException;

  /// Says in a request that copies from a blob, who may read that.
  ///
  /// @param source the address of the blob
  /// @param resource of the blob: `container/key`, not encoded
  StoreRequest copying(StoreRequest request, String source, String resource) throws IOException;

  /// By the key of the account.
  record SharedKey(AzureKey key) implements AzureCredentials {
    private static final int SECONDS_TO_COPY = 3_600;

    @Override
    public StoreRequest sign(StoreRequest request) {
      return key.sign(request, Instant.now());
    }

    @Override
    public StoreRequest copying(StoreRequest request, String source, String resource) {
      Instant end = Instant.now().plusSeconds(SECONDS_TO_COPY);
      return request.with("x-ms-copy-source", source + "?" + key.readingUntil(end, resource));
    }
  }

  /// By a shared access signature that somebody has given.
  ///
  /// @param token what stands behind the `?`
  record Sas(String token) implements AzureCredentials {
    @Override
    public StoreRequest sign(StoreRequest request) {
      String address = request.address().toString();
      return new StoreRequest(
          request.method(),
          URI.create(address + (address.contains("?") ? "&" : "?") + token),
          request.headers(),
          request.body(),
          request.length());
    }

    @Override
    public StoreRequest copying(StoreRequest request, String source, String resource) {
      return request.with("x-ms-copy-source", source + "?" + token);
    }

    @Override
    public String toString() {
      return "a shared access signature";
    }
  }

  /// By an identity that Microsoft Entra knows.
  record Identity(AccessToken token) implements AzureCredentials {
    @Override
    public StoreRequest sign(StoreRequest request) throws IOException {
      return request.with("Authorization", "Bearer " + token.get());
    }

    @Override
    public StoreRequest copying(StoreRequest request, String source, String resource)
        throws IOException {
      return request
          .with("x-ms-copy-source", source)
          .with("x-ms-copy-source-authorization", "Bearer " + token.get());
    }
  }

  /// Whoever the settings say; without any, who the environment says; without that, who the machine
  /// is, which is only asked when a token is needed.
  ///
  /// @param settings of a connection: `accountKey`, `sasToken`, or `tenantId`, `clientId` and
  ///   `clientSecret`
  /// @param variables the environment: null for what is not in it
  static AzureCredentials of(
      String account, Map<String, String> settings, UnaryOperator<@Nullable String> variables) {
    AzureCredentials said =
        of(
            account,
            settings.get("accountKey"),
            settings.get("sasToken"),
            settings.get("tenantId"),
            settings.get("clientId"),
            settings.get("clientSecret"),
            settings.getOrDefault("authority", variables.apply("AZURE_AUTHORITY_HOST")));
    if (said != null) {
      return said;
    }
    AzureCredentials known =
        of(
            account,
            variables.apply("AZURE_STORAGE_KEY"),
            variables.apply("AZURE_STORAGE_SAS_TOKEN"),
            variables.apply("AZURE_TENANT_ID"),
            variables.apply("AZURE_CLIENT_ID"),
            variables.apply("AZURE_CLIENT_SECRET"),
            variables.apply("AZURE_AUTHORITY_HOST"));
    return known == null ? machine(variables.apply("AZURE_CLIENT_ID")) : known;
  }

  private static @Nullable AzureCredentials of(
      String account,
      @Nullable String key,
      @Nullable String sas,
      @Nullable String tenant,
      @Nullable String client,
      @Nullable String secret,
      @Nullable String authority) {
    if (key != null) {
      return new SharedKey(AzureKey.of(account, key));
    }
    if (sas != null) {
      return new Sas(sas.replaceFirst("^\\?", ""));
    }
    if (tenant == null || client == null || secret == null) {
      return null;
    }
    String host = authority == null ? "https://login.microsoftonline.com" : authority;
    URI address = URI.create(host.replaceFirst("/+$", "") + "/" + tenant + "/oauth2/v2.0/token");
    return new Identity(
        new AccessToken(
            "the client " + client,
            () ->
                TokenRequest.post(
                    address,
                    "grant_type",
                    "client_credentials",
                    "client_id",
                    client,
                    "client_secret",
                    secret,
                    "scope",
                    SCOPE)));
  }

  /// @param client which of several identities; null for the only one
  private static AzureCredentials machine(@Nullable String client) {
    String which = client == null ? "" : "&client_id=" + StoreRequest.encoded(client);
    URI address =
        URI.create(
            "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fstorage.azure.com%2F"
                + which);
    return new Identity(
        new AccessToken(
            "the identity of this machine (give AZURE_STORAGE_KEY, AZURE_STORAGE_SAS_TOKEN, or AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET if it is no machine of Azure)",
            () -> new TokenRequest(address, null, Map.of("Metadata", "true"))));
  }
}
