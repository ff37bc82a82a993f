package dev.penstock.objects;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import dev.penstock.data.block.Connectable;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The settings of Azure Blob Storage, stored as a block: what `connection("lake")` stands for when
/// there is a block of that name. It has a key, a signature, or a client; without any, who asks is
/// found in the ways of Azure.
///
/// @param accountKey of the storage account
/// @param sasToken a shared access signature: what stands behind the `?`
/// @param tenantId of the client that has a secret
/// @param endpoint `https://host:port` of a server that is not Azure's
public record AzureConnection(
    @Nullable Secret accountKey,
    @Nullable Secret sasToken,
    @Nullable String tenantId,
    @Nullable String clientId,
    @Nullable Secret clientSecret,
    @Nullable String endpoint)
    implements Connectable {
  public AzureConnection {
    Endpoint.require(endpoint);
    long ofClient =
        Stream.of(tenantId != null, clientId != null, clientSecret != null)
            .filter(isThere -> isThere)
            .count();
    if (ofClient != 0 && ofClient != 3) {
      throw new IllegalArgumentException(
          "tenantId, clientId and clientSecret are given all, or none");
    }
    long ways =
        Stream.of(accountKey != null, sasToken != null, ofClient == 3)
            .filter(isThere -> isThere)
            .count();
    if (ways > 1) {
      throw new IllegalArgumentException(
          "give one of accountKey, sasToken, and tenantId with clientId and clientSecret");
    }
  }

  @Override
  public ConnectionSettings connection() {
    Map<String, String> open = new HashMap<>();
    Map<String, Secret> secrets = new HashMap<>();
    if (tenantId != null && clientId != null && clientSecret != null) {
      open.put("tenantId", tenantId);
      open.put("clientId", clientId);
      secrets.put("clientSecret", clientSecret);
    }
    if (accountKey != null) {
      secrets.put("accountKey", accountKey);
    }
    if (sasToken != null) {
      secrets.put("sasToken", sasToken);
    }
    return Endpoint.settings("az", endpoint, open, secrets);
  }
}
