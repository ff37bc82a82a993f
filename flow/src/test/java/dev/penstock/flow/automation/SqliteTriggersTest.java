package dev.penstock.flow.automation;

import dev.penstock.flow.store.StoreUrl;

class SqliteTriggersTest extends TriggersContract {

  @Override
  StoreUrl url() {
    return StoreUrl.file(directory.resolve("store.db"));
  }
}
