package dev.penstock.objects;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import dev.penstock.data.block.Connectable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of Google Cloud Storage, stored as a block: what `connection("lake")` stands for
/// when there is a block of that name. Without a key, who asks is found in the ways of Google.
///
/// @param serviceAccount the key of a service account: the text of its JSON file
/// @param endpoint `https://host:port` of a server that is not Google's
public record GcsConnection(@Nullable Secret serviceAccount, @Nullable String endpoint)
    implements Connectable {
  public GcsConnection {
    Endpoint.require(endpoint);
  }

  @Override
  public ConnectionSettings connection() {
    Map<String, Secret> secrets =
        serviceAccount == null ? Map.of() : Map.of("service_account", serviceAccount);
    return Endpoint.settings("gs", endpoint, Map.of(), secrets);
  }
}
