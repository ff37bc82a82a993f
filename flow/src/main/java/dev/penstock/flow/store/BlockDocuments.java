package dev.penstock.flow.store;

import dev.penstock.data.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The blocks of a store. What was saved stays as it was: a save makes a new version.
public interface BlockDocuments {
  /// Saves a block.
  ///
  /// @param settings a JSON object
  /// @return its new version, from 1
  /// @throws OtherKey when its secrets are encrypted by another key than the store's
  int save(
      String type,
      String name,
      String settings,
      Map<String, Secret> secrets,
      SealedValue.Seal seal);

  /// Saves a block in place of the version that somebody has seen.
  ///
  /// @param settings a JSON object
  /// @param seen when that version was saved; null for a block that is not there yet
  /// @return its new version; empty when it is not as they saw it
  /// @throws OtherKey when its secrets are encrypted by another key than the store's
  Optional<Integer> replace(
      String type,
      String name,
      String settings,
      Map<String, Secret> secrets,
      @Nullable Instant seen,
      SealedValue.Seal seal);

  /// The newest version of a block.
  @Again
  Optional<BlockDocument> find(String type, String name);

  /// All versions of a block, the newest first.
  @Again
  List<BlockDocument> versions(String type, String name);

  /// The newest version of all blocks of a name, whatever their type.
  @Again
  List<BlockDocument> named(String name);

  /// The newest version of all blocks, by type and name.
  @Again
  List<BlockDocument> list();

  /// Deletes a block with all its versions and secrets.
  ///
  /// @return whether it was there
  boolean delete(String type, String name);
}
