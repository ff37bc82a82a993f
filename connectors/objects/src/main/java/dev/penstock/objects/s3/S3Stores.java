package dev.penstock.objects.s3;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.ConnectionSettings;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreLocation;
import dev.penstock.objects.StoreProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Opens buckets. Clients are kept as long as the process lives, one for each way to get in: they
/// hold connections, and credentials that renew themselves.
public final class S3Stores implements StoreProvider {
  private static final Map<ConnectionSettings, S3Access> CLIENTS = new ConcurrentHashMap<>();

  @Override
  public String scheme() {
    return "s3";
  }

  @Override
  public ObjectStore open(StoreLocation location) {
    ConnectionName name = location.connection();
    ConnectionSettings settings =
        name == null ? ConnectionSettings.of(S3Access.AWS) : name.settings();
    S3Access access = CLIENTS.computeIfAbsent(settings, S3Access::of);
    return new S3Store(access, location);
  }
}
