package dev.penstock.flow.automation;

import dev.penstock.flow.store.StoreUrl;
import dev.penstock.testkit.Postgres;

class PostgresDeliveriesTest extends DeliveriesContract {

  @Override
  StoreUrl url() {
    return new StoreUrl(Postgres.newDatabase("deliveries"));
  }
}
