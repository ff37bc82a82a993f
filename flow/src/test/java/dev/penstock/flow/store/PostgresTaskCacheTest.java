package dev.penstock.flow.store;

import dev.penstock.testkit.Postgres;

class PostgresTaskCacheTest extends TaskCacheContract {

  @Override
  StoreUrl url() {
    return new StoreUrl(Postgres.newDatabase("store"));
  }
}
