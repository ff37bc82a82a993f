package dev.penstock.flow.store;

class PostgresRetentionTest extends RetentionContract {

  @Override
  StoreUrl url() {
    return PostgresStores.empty("store");
  }
}
