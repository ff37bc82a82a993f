package dev.penstock.flow.worker;

import dev.penstock.flow.store.StoreUrl;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteThreeSchedulersTest extends ThreeSchedulersContract {
  @TempDir private Path directory;

  @Override
  StoreUrl url() {
    return StoreUrl.file(directory.resolve("store.db"));
  }
}
