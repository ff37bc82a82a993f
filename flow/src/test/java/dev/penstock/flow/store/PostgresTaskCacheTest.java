package dev.penstock.flow.store;

class PostgresTaskCacheTest extends TaskCacheContract {

  @Override
  StoreUrl url() {
    return PostgresStores.empty("store");
  }
}
