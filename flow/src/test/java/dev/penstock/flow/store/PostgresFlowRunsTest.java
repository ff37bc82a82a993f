package dev.penstock.flow.store;

class PostgresFlowRunsTest extends FlowRunsContract {

  @Override
  StoreUrl url() {
    return PostgresStores.empty("store");
  }
}
