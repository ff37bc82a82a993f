package dev.penstock.flow.store;

class PostgresRunSearchTest extends RunSearchContract {

  @Override
  Store open() {
    return Store.open(PostgresStores.empty("store"));
  }
}
