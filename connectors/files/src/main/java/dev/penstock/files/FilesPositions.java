package dev.penstock.files;

import dev.penstock.data.position.KeptPosition;
import dev.penstock.data.position.PositionStore;
import dev.penstock.data.position.PositionStores;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The positions that directories of files keep, here and in stores of objects.
public final class FilesPositions implements PositionStores {
  private static final Set<String> STORES = Set.of("s3", "gs", "az");

  @Override
  public Optional<PositionStore> open(String place) throws IOException {
    return isOurs(place)
        ? Optional.of(new Kept(new StoreLog(ObjectStore.open(StoreLocation.of(place)))))
        : Optional.empty();
  }

  private static boolean isOurs(String place) {
    if (StoreLocation.isAddress(place)) {
      return STORES.contains(place.substring(0, place.indexOf(':')));
    }
    try {
      return Files.isDirectory(Path.of(place));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private record Kept(StoreLog log) implements PositionStore {
    @Override
    public List<KeptPosition> positions() throws IOException {
      return log.positions();
    }

    @Override
    public void forget(String pipeline) throws IOException {
      log.forget(pipeline);
    }

    @Override
    public void close() throws IOException {
      log.close();
    }
  }
}
