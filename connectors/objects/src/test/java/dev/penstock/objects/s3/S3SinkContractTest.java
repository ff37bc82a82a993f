package dev.penstock.objects.s3;

import dev.penstock.objects.remote.StoreSinkContract;

class S3SinkContractTest extends StoreSinkContract {
  S3SinkContractTest() {
    super(TestServer.STORE);
  }
}
