package dev.penstock.flow.worker;

import dev.penstock.flow.store.PostgresStores;
import dev.penstock.flow.store.StoreUrl;

class PostgresThreeSchedulersTest extends ThreeSchedulersContract {

  @Override
  StoreUrl url() {
    return PostgresStores.empty("schedulers");
  }
}
