package dev.penstock.flow.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The encrypted values of a store. All are encrypted by one key, whose id the store knows; the key
/// itself is elsewhere.
public interface SealedValues {
  /// The id of the key that values are encrypted with; empty before the first value.
  @AtDatabase
  Optional<String> currentKey();

  /// Keeps a secret in place of what was there.
  ///
  /// @throws OtherKey when it is encrypted by another key than the store's
  void putSecret(String name, SealedValue.Seal seal, String text);

  @AtDatabase
  Optional<SealedValue> find(String place);

  /// A secret as everybody may know it.
  record SecretEntry(String name, Instant updated) {}

  /// All secrets, by name.
  @Again
  List<SecretEntry> secrets();

  /// @return whether it was there
  boolean deleteSecret(String name);

  /// Encrypts all values by another key, which is the store's from then on. All, or none if any
  /// fails.
  ///
  /// @return how many
  @AtDatabase
  int reseal(String key, SealedValue.Reseal reseal);

  /// The place of a secret.
  static String secret(String name) {
    return "secret/" + name;
  }

  /// The place of a secret setting of a block.
  static String setting(String type, String name, int version, String setting) {
    return "block/" + type + "/" + name + "/" + version + "/" + setting;
  }
}
