package dev.penstock.flow.store;

import dev.penstock.testkit.Postgres;

class PostgresRunSearchTest extends RunSearchContract {

  @Override
  Store open() {
    return Store.open(new StoreUrl(Postgres.newDatabase("store")));
  }
}
