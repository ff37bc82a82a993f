package dev.penstock.data;

import java.util.Optional;

/// Knows connections by name, besides those of the environment. Found by [java.util.ServiceLoader],
/// in the process that connects, when it connects.
public interface ConnectionResolver {

  /// The settings of a connection; empty when it is not known here.
  Optional<ConnectionSettings> resolve(String name);
}
