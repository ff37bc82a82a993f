package dev.penstock.objects;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import dev.penstock.data.block.Connectable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of S3, stored as a block: what `connection("lake")` stands for when there is a
/// block of that name. What is left out is found in the ways of AWS.
///
/// @param endpoint `https://host:port` of a server that is not AWS
/// @param sessionToken of keys that are valid for a while
public record S3Connection(
    @Nullable String endpoint,
    @Nullable String region,
    @Nullable String accessKey,
    @Nullable Secret secretKey,
    @Nullable Secret sessionToken)
    implements Connectable {
  public S3Connection {
    Endpoint.require(endpoint);
    if ((accessKey == null) != (secretKey == null)) {
      throw new IllegalArgumentException("accessKey and secretKey are given both, or neither");
    }
  }

  @Override
  public ConnectionSettings connection() {
    Map<String, String> open = new HashMap<>();
    if (region != null) {
      open.put("region", region);
    }
    if (accessKey != null) {
      open.put("accessKey", accessKey);
    }
    Map<String, Secret> secrets = new HashMap<>();
    if (secretKey != null) {
      secrets.put("secretKey", secretKey);
    }
    if (sessionToken != null) {
      secrets.put("sessionToken", sessionToken);
    }
    return Endpoint.settings("s3", endpoint, open, secrets);
  }
}
