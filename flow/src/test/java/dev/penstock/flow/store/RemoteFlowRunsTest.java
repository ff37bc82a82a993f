package dev.penstock.flow.store;

class RemoteFlowRunsTest extends SqliteFlowRunsTest {
  @Override
  Store open(StoreUrl url) {
    return ServerInBetween.of(url);
  }
}
