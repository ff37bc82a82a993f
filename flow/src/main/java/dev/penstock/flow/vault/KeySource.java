package dev.penstock.flow.vault;

import java.util.List;
import java.util.function.Supplier;

/// Where a process has its keys from.
sealed interface KeySource permits KeyFile, KeyVariable {

  /// The keys, the one to seal with first; none when nobody has made one yet.
  ///
  /// @throws BadKeys when they cannot be read
  List<SealingKey> load();

  /// The same, with a first key that is made when there is none.
  List<SealingKey> loadOrMake();

  /// Does a rotation while no other process does one.
  <R> R alone(Supplier<R> rotation);

  /// What a rotation seals with from now on; those in use until now are kept for it.
  ///
  /// @param current the id of the key that the store uses; empty when it uses none
  SealingKey next(String current);

  /// A rotation is over: only this key is needed.
  void keepOnly(SealingKey key);

  /// What there is to do when the key of this id is wanted and not here.
  String toDoAbout(String key);
}
