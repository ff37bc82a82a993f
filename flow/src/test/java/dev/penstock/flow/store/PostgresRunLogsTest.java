package dev.penstock.flow.store;

import dev.penstock.testkit.Postgres;

class PostgresRunLogsTest extends RunLogsContract {

  @Override
  StoreUrl url() {
    return new StoreUrl(Postgres.newDatabase("store"));
  }
}
