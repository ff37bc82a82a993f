package dev.penstock.flow.store;

import java.util.List;
import java.util.Optional;

/// Who may log in on the server. Passwords come here as hashes only.
public interface Users {
  /// Adds somebody.
  ///
  /// @param password its hash, with how it was made
  /// @return whether the name was free
  boolean create(String name, Role role, String password);

  /// Whether there is anybody.
  @Again
  boolean any();

  /// All, by name.
  @Again
  List<User> list();

  @Again
  Optional<User> find(String name);

  /// The hash of somebody's password.
  @AtDatabase
  Optional<String> password(String name);

  /// Sets a password, and ends all sessions of that user: whoever knew the one before is out.
  ///
  /// @param password its hash, with how it was made
  /// @return whether there is such a user
  boolean setPassword(String name, String password);

  /// Holds from the next request on.
  ///
  /// @return whether there is such a user
  boolean setRole(String name, Role role);

  /// Deletes somebody, with all their sessions.
  ///
  /// @return whether they were there
  boolean delete(String name);
}
