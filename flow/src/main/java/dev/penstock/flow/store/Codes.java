package dev.penstock.flow.store;

import java.util.Optional;

/// The code of deployments, version by version. A version is kept as long as a deployment or an
/// unfinished run refers to it.
public interface Codes {
  /// The code of this version.
  @Again
  Optional<DeployedCode> find(String version);
}
