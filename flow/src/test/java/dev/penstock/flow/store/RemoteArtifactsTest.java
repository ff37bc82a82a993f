package dev.penstock.flow.store;

class RemoteArtifactsTest extends SqliteArtifactsTest {
  @Override
  Store open(StoreUrl url) {
    return ServerInBetween.of(url);
  }
}
