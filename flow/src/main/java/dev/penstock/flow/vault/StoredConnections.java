package dev.penstock.flow.vault;

import dev.penstock.data.ConnectionResolver;
import dev.penstock.data.ConnectionSettings;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Resolves `connection("name")` by the blocks of this process's vault, for those names that the
/// environment does not know.
public final class StoredConnections implements ConnectionResolver {
  private static volatile @Nullable Supplier<Vault> vault;

  /// Says which vault this process resolves connections by, from now on.
  ///
  /// @param source asked when a name is to be resolved, not before
  public static synchronized void resolveBy(Supplier<Vault> source) {
    vault = source;
  }

  /// The same where no vault was named before.
  public static synchronized void resolveByDefault(Supplier<Vault> source) {
    if (vault == null) {
      vault = source;
    }
  }

  @Override
  public Optional<ConnectionSettings> resolve(String name) {
    Supplier<Vault> source = vault;
    return source == null ? Optional.empty() : source.get().blocks().connection(name);
  }
}
