package dev.penstock.objects;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/// Opens stores of one kind. Found by [ServiceLoader].
public interface StoreProvider {

  /// What its locations begin with: `s3`.
  String scheme();

  ObjectStore open(StoreLocation location) throws IOException;

  /// Who opens a location.
  static StoreProvider of(StoreLocation location) {
    if (location.isLocal()) {
      return LocalStores.INSTANCE;
    }
    List<String> known = new ArrayList<>();
    for (StoreProvider provider : ServiceLoader.load(StoreProvider.class, StoreLibraries.LOADER)) {
      if (provider.scheme().equals(location.scheme())) {
        return provider;
      }
      known.add(provider.scheme() + "://");
    }
    throw new IllegalArgumentException(
        "nothing on the class path opens %s: there is %s"
            .formatted(location, known.isEmpty() ? "no connector for stores" : known));
  }

  /// Directories of this machine.
  enum LocalStores implements StoreProvider {
    INSTANCE;

    @Override
    public String scheme() {
      return "file";
    }

    @Override
    public ObjectStore open(StoreLocation location) {
      return new LocalStore(location.path());
    }
  }
}
