package dev.penstock.objects.azure;

import dev.penstock.data.ConnectionName;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.remote.TestStore;
import dev.penstock.testkit.stores.AzureServer;

/// The server of Azure that the tests of this module share.
final class TestServer {
  static final TestStore STORE =
      TestStore.of(
          () -> AzureServer.start(10),
          (container, url) ->
              ObjectStore.azure(AzureServer.ACCOUNT, container).by(new ConnectionName(url)));

  private TestServer() {}

  static AzureServer shared() {
    return (AzureServer) STORE.server();
  }
}
