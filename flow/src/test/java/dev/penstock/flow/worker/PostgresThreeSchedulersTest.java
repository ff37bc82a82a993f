package dev.penstock.flow.worker;

import dev.penstock.flow.store.StoreUrl;
import dev.penstock.testkit.Postgres;

class PostgresThreeSchedulersTest extends ThreeSchedulersContract {

  @Override
  StoreUrl url() {
    return new StoreUrl(Postgres.newDatabase("schedulers"));
  }
}
