package dev.penstock.flow.store;

import dev.penstock.testkit.Postgres;

class PostgresArtifactsTest extends ArtifactsContract {

  @Override
  StoreUrl url() {
    return new StoreUrl(Postgres.newDatabase("store"));
  }
}
