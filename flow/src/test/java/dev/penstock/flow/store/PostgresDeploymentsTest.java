package dev.penstock.flow.store;

class PostgresDeploymentsTest extends DeploymentsContract {

  @Override
  Store open() {
    return Store.open(PostgresStores.empty("store"));
  }
}
