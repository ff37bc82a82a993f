package dev.penstock.flow.store;

class RemoteRunLogsTest extends SqliteRunLogsTest {
  @Override
  Store open(StoreUrl url) {
    return ServerInBetween.of(url);
  }
}
