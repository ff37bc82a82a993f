package dev.penstock.flow.store;

class RemoteDeadLettersTest extends SqliteDeadLettersTest {
  @Override
  Store open(StoreUrl url) {
    return ServerInBetween.of(url);
  }
}
