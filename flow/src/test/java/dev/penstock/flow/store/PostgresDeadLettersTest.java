package dev.penstock.flow.store;

class PostgresDeadLettersTest extends DeadLettersContract {

  @Override
  StoreUrl url() {
    return PostgresStores.empty("store");
  }
}
