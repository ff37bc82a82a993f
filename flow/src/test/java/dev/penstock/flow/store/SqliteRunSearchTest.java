package dev.penstock.flow.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteRunSearchTest extends RunSearchContract {
  @TempDir private Path directory;

  @Override
  Store open() {
    return Store.open(StoreUrl.file(directory.resolve("store.db")));
  }
}
