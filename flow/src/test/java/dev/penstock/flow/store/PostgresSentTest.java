package dev.penstock.flow.store;

class PostgresSentTest extends SentContract {

  @Override
  StoreUrl url() {
    return PostgresStores.empty("store");
  }
}
