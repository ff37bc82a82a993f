package dev.penstock.flow.store;

import dev.penstock.testkit.Postgres;

class PostgresFlowRunsTest extends FlowRunsContract {

  @Override
  StoreUrl url() {
    return new StoreUrl(Postgres.newDatabase("store"));
  }
}
