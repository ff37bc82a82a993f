package dev.penstock.flow.automation;

import dev.penstock.flow.store.StoreUrl;

class SqliteAutomationsTest extends AutomationsContract {

  @Override
  StoreUrl url() {
    return StoreUrl.file(directory.resolve("store.db"));
  }
}
