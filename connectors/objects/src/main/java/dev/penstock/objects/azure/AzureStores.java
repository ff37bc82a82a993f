package dev.penstock.objects.azure;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.ConnectionSettings;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreLocation;
import dev.penstock.objects.StoreProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Opens containers of Azure Blob Storage. What gets in is kept as long as the process lives, with
/// its token.
public final class AzureStores implements StoreProvider {
  private static final Map<Way, AzureAccess> KNOWN = new ConcurrentHashMap<>();

  private record Way(ConnectionSettings settings, String account) {}

  @Override
  public String scheme() {
    return "az";
  }

  @Override
  public ObjectStore open(StoreLocation location) {
    ConnectionName name = location.connection();
    String[] bucket = location.bucket().split("/", 2);
    ConnectionSettings settings =
        name == null ? ConnectionSettings.of(AzureAccess.AZURE) : name.settings();
    AzureAccess access =
        KNOWN.computeIfAbsent(
            new Way(settings, bucket[0]), way -> AzureAccess.of(way.settings(), way.account()));
    return new AzureStore(access, bucket[1], location);
  }
}
