package dev.penstock.flow.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys by which programs use the server. Only hashes of them are here.
public interface ApiKeys {
  /// A key that is made.
  ///
  /// @param hash of the key
  /// @param scopes what it may do of what its role may; empty for all of it
  /// @param lasts null for ever
  record NewKey(
      String name,
      String hash,
      Role role,
      List<String> scopes,
      String createdBy,
      @Nullable Duration lasts) {
    public NewKey {
      StoredName.checked("key", name);
      scopes = List.copyOf(scopes);
      if (lasts != null && !lasts.isPositive()) {
        throw new IllegalArgumentException("a key must last longer than no time, was " + lasts);
      }
    }
  }

  /// @return whether the name was free
  boolean create(NewKey key);

  /// All, by name.
  @Again
  List<ApiKey> list();

  /// The key of a hash, whose use is noted; empty when there is none, or it has expired.
  @AtDatabase
  Optional<ApiKey> use(String hash);

  /// @return whether it was there
  boolean revoke(String name);
}
