package dev.penstock.flow.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The automations of a store, and the one place where they are evaluated.
public interface StoredAutomations {
  /// Saves an automation in place of the one of its name, and enables it: from now on.
  ///
  /// @param id for a new one
  @Again
  StoredAutomation save(String id, String name, String definition);

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
