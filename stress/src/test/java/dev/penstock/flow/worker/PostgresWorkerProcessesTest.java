package dev.penstock.flow.worker;

import dev.penstock.flow.store.PostgresStores;
import dev.penstock.flow.store.StoreUrl;
import java.nio.file.Path;

class PostgresWorkerProcessesTest extends WorkerProcessesContract {

  @Override
  StoreUrl url(Path directory) {
    return PostgresStores.empty("workers");
  }

  /// The database itself ends the transaction of a process that is stopped.
  @Override
  boolean isLocked(StoreUrl url) {
    return false;
  }
}
