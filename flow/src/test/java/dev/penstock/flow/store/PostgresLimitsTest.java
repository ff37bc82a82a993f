package dev.penstock.flow.store;

class PostgresLimitsTest extends LimitsContract {

  @Override
  StoreUrl url() {
    return PostgresStores.empty("store");
  }
}
