package dev.penstock.objects.gcs;

import dev.penstock.data.ConnectionName;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.remote.TestStore;
import dev.penstock.testkit.stores.GcsServer;

/// The server of Google Cloud Storage that the tests of this module share.
final class TestServer {
  static final TestStore STORE =
      TestStore.of(
          () -> GcsServer.start(10),
          (bucket, url) -> ObjectStore.gcs(bucket).by(new ConnectionName(url)));

  private TestServer() {}

  static GcsServer shared() {
    return (GcsServer) STORE.server();
  }
}
