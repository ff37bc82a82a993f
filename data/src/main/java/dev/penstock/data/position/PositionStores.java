package dev.penstock.data.position;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;

/// The kind of places that keep positions which a connector brings: databases, directories. Found
/// by [ServiceLoader].
public interface PositionStores {

  /// Opens a place of this kind.
  ///
  /// @param place the name or URL of a connection, or a directory
  /// @return nothing when it is none of this kind
  /// @throws Exception when it is, and cannot be reached
  Optional<PositionStore> open(String place) throws Exception;

  /// Opens a place of whichever kind it is; nothing when no connector knows it.
  static Optional<PositionStore> find(String place) throws Exception {
    for (Provider<PositionStores> kind :
        ServiceLoader.load(PositionStores.class, PositionStores.class.getClassLoader()).stream()
            .toList()) {
      Optional<PositionStore> opened = kind.get().open(place);
      if (opened.isPresent()) {
        return opened;
      }
    }
    return Optional.empty();
  }
}
