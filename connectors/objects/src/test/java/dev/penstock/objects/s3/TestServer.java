package dev.penstock.objects.s3;

import dev.penstock.data.ConnectionName;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreLocation;
import dev.penstock.objects.remote.TestStore;
import dev.penstock.testkit.s3.S3Server;

/// The server of S3 that the tests of this module share.
final class TestServer {
  static final TestStore STORE =
      TestStore.of(
          () -> S3Server.start("reader", "open-sesame", 10),
          (bucket, url) -> ObjectStore.s3(bucket).by(new ConnectionName(url)));

  private TestServer() {}

  static S3Server shared() {
    return (S3Server) STORE.server();
  }

  /// An empty bucket.
  static StoreLocation newBucket() {
    return STORE.newBucket();
  }
}
