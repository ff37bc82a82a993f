package dev.penstock.flow.store;

import dev.penstock.testkit.Postgres;

class PostgresTaskRunsTest extends TaskRunsContract {

  @Override
  StoreUrl url() {
    return new StoreUrl(Postgres.newDatabase("store"));
  }
}
