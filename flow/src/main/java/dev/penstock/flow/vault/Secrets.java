package dev.penstock.flow.vault;

import dev.penstock.data.Secret;
import dev.penstock.flow.store.SealedValues;
import dev.penstock.flow.store.SealedValues.SecretEntry;
import dev.penstock.flow.store.UnknownName;
import java.util.List;
import java.util.Optional;

/// Texts by name that are encrypted in the store.
public final class Secrets {
  private final SealedValues values;
  private final Sealing sealing;

  Secrets(SealedValues values, Sealing sealing) {
    this.values = values;
    this.sealing = sealing;
  }

  /// Sets a secret in place of what was there.
  ///
  /// @throws BadKeys when the store's key is not here
  public void set(String name, Secret secret) {
    var unused =
        sealing.write(seal -> {
          values.putSecret(name, seal, secret.reveal());
          return name;
        });
  }

  /// The secret of this name.
  ///
  /// @throws UnknownName when there is none
  /// @throws BadKeys when its key is not here
  public Secret get(String name) {
    return find(name)
        .orElseThrow(() ->
            new UnknownName("secret", name, list().stream().map(SecretEntry::name).toList(), ""));
  }

  public Optional<Secret> find(String name) {
    return sealing.open(SealedValues.secret(name));
  }

  /// The names of all, and when they were set.
  public List<SecretEntry> list() {
    return values.secrets();
  }

  /// @return whether it was there
  public boolean delete(String name) {
    return values.deleteSecret(name);
  }
}
