package dev.penstock.flow.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RemoteRunSearchTest extends RunSearchContract {
  @TempDir private Path directory;

  @Override
  Store open() {
    return ServerInBetween.of(StoreUrl.file(directory.resolve("store.db")));
  }
}
