package dev.penstock.flow.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteSentTest extends SentContract {
  @TempDir private Path directory;

  @Override
  StoreUrl url() {
    return StoreUrl.file(directory.resolve("store.db"));
  }
}
