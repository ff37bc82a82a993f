package dev.penstock.objects.azure;

import dev.penstock.objects.remote.StoreSinkContract;

class AzureSinkContractTest extends StoreSinkContract {
  AzureSinkContractTest() {
    super(TestServer.STORE);
  }
}
