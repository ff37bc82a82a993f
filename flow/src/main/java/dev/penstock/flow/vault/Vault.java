package dev.penstock.flow.vault;

import dev.penstock.data.Secret;
import dev.penstock.flow.remote.ServedStore;
import dev.penstock.flow.store.SealedValue;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.Variables;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What a store holds by name for flows: variables, secrets and blocks. Secrets, and the secret
/// settings of blocks, are encrypted with a key that is not in the store: it comes from the
/// environment variable `PENSTOCK_KEY`, or else from the file `secrets.key` of the user's data
/// directory, which is made when a secret is stored for the first time. Safe for use by several
/// threads.
public final class Vault implements ServedStore.Keys {
  private final Variables variables;
  private final Secrets secrets;
  private final Blocks blocks;
  private final Sealing sealing;

  private Vault(Store store, KeySource keys) {
    sealing = Sealing.of(store, keys);
    variables = store.variables();
    secrets = new Secrets(store.sealedValues(), sealing);
    blocks = new Blocks(store.blockDocuments(), sealing, KnownBlockTypes.load());
  }

  /// @param home the user's data directory
  public static Vault of(Store store, Path home) {
    return of(store, home, System.getenv());
  }

  /// The same for a process with these variables.
  public static Vault of(Store store, Path home, Map<String, String> environment) {
    String key = environment.get(KeyVariable.NAME);
    return new Vault(
        store,
        key == null || key.isBlank()
            ? new KeyFile(home.resolve("secrets.key"))
            : new KeyVariable(key));
  }

  public Variables variables() {
    return variables;
  }

  public Secrets secrets() {
    return secrets;
  }

  public Blocks blocks() {
    return blocks;
  }

  /// The text of a sealed value by its place; for servers, who open it for others.
  ///
  /// @throws BadKeys when this process does not have its key, or the value was tampered with
  @Override
  public Optional<Secret> open(String place) {
    return sealing.open(place);
  }

  /// Does a write that seals with the store's key; for servers, who seal for others.
  ///
  /// @throws BadKeys when this process does not have that key
  @Override
  public <R> R sealing(Function<SealedValue.Seal, R> write) {
    return sealing.write(write);
  }

  /// Encrypts everything anew: with a new key where keys are in the file, with the first key of
  /// `PENSTOCK_KEY=NEW,OLD` where they are in the environment. All or nothing; values are readable
  /// throughout.
  ///
  /// @return how many values there were
  /// @throws BadKeys when a key is missing; nothing was changed
  public int rotateKey() {
    return sealing.rotate();
  }
}
