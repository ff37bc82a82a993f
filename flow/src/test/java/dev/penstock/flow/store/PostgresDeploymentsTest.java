package dev.penstock.flow.store;

import dev.penstock.testkit.Postgres;

class PostgresDeploymentsTest extends DeploymentsContract {

  @Override
  Store open() {
    return Store.open(new StoreUrl(Postgres.newDatabase("store")));
  }
}
