package dev.penstock.flow.store;

class RemoteTaskCacheTest extends SqliteTaskCacheTest {
  @Override
  Store open(StoreUrl url) {
    return ServerInBetween.of(url);
  }
}
