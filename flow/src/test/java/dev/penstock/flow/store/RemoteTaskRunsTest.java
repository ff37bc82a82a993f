package dev.penstock.flow.store;

class RemoteTaskRunsTest extends SqliteTaskRunsTest {
  @Override
  Store open(StoreUrl url) {
    return ServerInBetween.of(url);
  }
}
