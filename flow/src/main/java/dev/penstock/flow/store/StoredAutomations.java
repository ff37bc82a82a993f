package dev.penstock.flow.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The automations of a store, and the one place where they are evaluated.
public interface StoredAutomations {
  /// Saves an automation in place of the one of its name, and enables it: from now on.
  ///
  /// @param id for a new one
  @Again
  StoredAutomation save(String id, String name, String definition);

  /// Saves an automation in place of the one that somebody has seen. A new one is enabled; whether
  /// another is stays as it was.
  ///
  /// @param id for a new one
  /// @param seen since when that one acted; null for one that is not there yet
  /// @return whether it was as they saw it
  boolean replace(String id, String name, String definition, @Nullable Instant seen);

  /// Stops an automation, or lets it go on: with what happens from then on.
  ///
  /// @return whether there is one of this name
  @Again
  boolean enable(String name, boolean enabled);

  @Again
  Optional<StoredAutomation> find(String name);

  /// All automations, by name.
  @Again
  List<StoredAutomation> list();

  /// Deletes an automation with all that it has done.
  ///
  /// @return whether it was there
  boolean delete(String name);

  /// Evaluates in one transaction, unless another process is just doing that.
  ///
  /// @param rules may be asked again when the transaction was rolled back
  /// @return whether it was done
  @AtDatabase
  boolean evaluate(Consumer<Evaluation> rules);
}
