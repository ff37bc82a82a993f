package dev.penstock.objects.azure;

import dev.penstock.objects.remote.FilesInStoreContract;

class FilesOnAzureTest extends FilesInStoreContract {
  FilesOnAzureTest() {
    super(TestServer.STORE);
  }
}
