package dev.penstock.flow.store;

import dev.penstock.testkit.Postgres;

class PostgresLimitsTest extends LimitsContract {

  @Override
  StoreUrl url() {
    return new StoreUrl(Postgres.newDatabase("store"));
  }
}
