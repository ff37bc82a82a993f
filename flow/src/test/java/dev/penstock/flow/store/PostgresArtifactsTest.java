package dev.penstock.flow.store;

class PostgresArtifactsTest extends ArtifactsContract {

  @Override
  StoreUrl url() {
    return PostgresStores.empty("store");
  }
}
