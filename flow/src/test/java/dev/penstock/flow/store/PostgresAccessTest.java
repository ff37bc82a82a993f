package dev.penstock.flow.store;

class PostgresAccessTest extends AccessContract {

  @Override
  StoreUrl url() {
    return PostgresStores.empty("store");
  }
}
