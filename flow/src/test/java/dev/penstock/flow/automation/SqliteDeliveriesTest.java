package dev.penstock.flow.automation;

import dev.penstock.flow.store.StoreUrl;

class SqliteDeliveriesTest extends DeliveriesContract {

  @Override
  StoreUrl url() {
    return StoreUrl.file(directory.resolve("store.db"));
  }
}
