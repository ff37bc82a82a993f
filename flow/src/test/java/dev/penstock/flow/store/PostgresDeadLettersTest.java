package dev.penstock.flow.store;

import dev.penstock.testkit.Postgres;

class PostgresDeadLettersTest extends DeadLettersContract {

  @Override
  StoreUrl url() {
    return new StoreUrl(Postgres.newDatabase("store"));
  }
}
