package dev.penstock.flow.worker;

import dev.penstock.flow.store.StoreUrl;
import dev.penstock.testkit.Postgres;
import java.nio.file.Path;

class PostgresWorkerProcessesTest extends WorkerProcessesContract {

  @Override
  StoreUrl url(Path directory) {
    return new StoreUrl(Postgres.newDatabase("workers"));
  }
}
