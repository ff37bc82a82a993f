package dev.penstock.flow.automation;

import dev.penstock.flow.store.PostgresStores;
import dev.penstock.flow.store.StoreUrl;

class PostgresDeliveriesTest extends DeliveriesContract {

  @Override
  StoreUrl url() {
    return PostgresStores.empty("deliveries");
  }
}
