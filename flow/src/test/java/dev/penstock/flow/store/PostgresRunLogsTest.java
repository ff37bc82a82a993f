package dev.penstock.flow.store;

class PostgresRunLogsTest extends RunLogsContract {

  @Override
  StoreUrl url() {
    return PostgresStores.empty("store");
  }
}
