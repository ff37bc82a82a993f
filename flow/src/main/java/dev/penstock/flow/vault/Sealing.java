package dev.penstock.flow.vault;

import dev.penstock.data.Secret;
import dev.penstock.flow.remote.RemoteStore;
import dev.penstock.flow.store.SealedValue;
import dev.penstock.flow.store.Store;
import java.util.Optional;
import java.util.function.Function;

/// Seals and opens the values of a store.
interface Sealing {
  /// By the keys of this process; where the store is behind a server, by that server's.
  static Sealing of(Store store, KeySource keys) {
    return store instanceof RemoteStore remote
        ? new ServerSealing(remote)
        : new KeySealing(store.sealedValues(), keys);
  }

  /// Does a write that seals with the store's key.
  ///
  /// @throws BadKeys when this process does not have that key
  <R> R write(Function<SealedValue.Seal, R> write);

  /// The text of the value at a place; empty when there is none.
  ///
  /// @throws BadKeys when this process does not have its key, or the value was tampered with
  Optional<Secret> open(String place);

  /// Seals everything by a new key.
  ///
  /// @return how many values
  int rotate();
}
