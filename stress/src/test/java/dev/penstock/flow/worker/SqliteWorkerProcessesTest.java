package dev.penstock.flow.worker;

import dev.penstock.flow.store.StoreUrl;
import java.nio.file.Path;

class SqliteWorkerProcessesTest extends WorkerProcessesContract {

  @Override
  StoreUrl url(Path directory) {
    return StoreUrl.file(directory.resolve("store.db"));
  }
}
