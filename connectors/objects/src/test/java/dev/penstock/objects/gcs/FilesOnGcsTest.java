package dev.penstock.objects.gcs;

import dev.penstock.objects.remote.FilesInStoreContract;

class FilesOnGcsTest extends FilesInStoreContract {
  FilesOnGcsTest() {
    super(TestServer.STORE);
  }
}
