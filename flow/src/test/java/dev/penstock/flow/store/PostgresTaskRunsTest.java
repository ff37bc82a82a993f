package dev.penstock.flow.store;

class PostgresTaskRunsTest extends TaskRunsContract {

  @Override
  StoreUrl url() {
    return PostgresStores.empty("store");
  }
}
