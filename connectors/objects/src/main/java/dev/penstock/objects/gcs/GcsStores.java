package dev.penstock.objects.gcs;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.ConnectionSettings;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreLocation;
import dev.penstock.objects.StoreProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Opens buckets of Google Cloud Storage. What gets in is kept as long as the process lives, with
/// its token.
public final class GcsStores implements StoreProvider {
  private static final Map<ConnectionSettings, GcsAccess> KNOWN = new ConcurrentHashMap<>();

  @Override
  public String scheme() {
    return "gs";
  }

  @Override
  public ObjectStore open(StoreLocation location) {
    ConnectionName name = location.connection();
    ConnectionSettings settings =
        name == null ? ConnectionSettings.of(GcsAccess.GOOGLE) : name.settings();
    return new GcsStore(KNOWN.computeIfAbsent(settings, GcsAccess::of), location);
  }
}
