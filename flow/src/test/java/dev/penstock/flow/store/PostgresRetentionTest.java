package dev.penstock.flow.store;

import dev.penstock.testkit.Postgres;

class PostgresRetentionTest extends RetentionContract {

  @Override
  StoreUrl url() {
    return new StoreUrl(Postgres.newDatabase("store"));
  }
}
