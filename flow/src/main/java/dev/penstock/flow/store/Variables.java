package dev.penstock.flow.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The variables of a store: JSON values by name, for everybody to read.
public interface Variables {
  /// Sets a variable in place of what was there.
  ///
  /// @param json any JSON value
  /// @throws IllegalArgumentException when that is no JSON, or the name no name
  @Again
  void set(String name, String json, List<String> tags);

  /// Sets a variable that is not there yet.
  ///
  /// @return whether it was not there
  /// @throws IllegalArgumentException when that is no JSON, or the name no name
  boolean create(String name, String json, List<String> tags);

  /// Sets a variable in place of what somebody has seen.
  ///
  /// @param seen when that was last set
  /// @return whether it was still as they saw it
  /// @throws IllegalArgumentException when that is no JSON
  boolean replace(String name, String json, List<String> tags, Instant seen);

  /// The variable of this name.
  ///
  /// @throws UnknownName when there is none
  @Again
  Variable get(String name);

  @Again
  Optional<Variable> find(String name);

  /// All variables, by name.
  @Again
  List<Variable> list();

  /// @return whether it was there
  boolean delete(String name);
}
