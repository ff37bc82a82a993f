package dev.penstock.flow.store;

import dev.penstock.testkit.Postgres;

class PostgresAccessTest extends AccessContract {

  @Override
  StoreUrl url() {
    return new StoreUrl(Postgres.newDatabase("store"));
  }
}
