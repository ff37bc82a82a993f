package dev.penstock.objects.gcs;

import dev.penstock.objects.remote.StoreSinkContract;

class GcsSinkContractTest extends StoreSinkContract {
  GcsSinkContractTest() {
    super(TestServer.STORE);
  }
}
