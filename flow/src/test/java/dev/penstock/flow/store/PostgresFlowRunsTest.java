package dev.penstock.flow.store;

import dev.penstock.testkit.Postgres;

class PostgresFlowRunsTest extends FlowRunsContract {

  @Override
  Store open() {
    return Store.open(new StoreUrl(Postgres.newDatabase("store")));
  }
}
