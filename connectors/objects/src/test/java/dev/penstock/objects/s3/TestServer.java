package dev.penstock.objects.s3;

import dev.penstock.data.ConnectionName;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.ReadableObject;
import dev.penstock.objects.StoreLocation;
import dev.penstock.testkit.s3.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.UUID;

/// The server that the tests of this module share.
final class TestServer {
  private static final S3Server SERVER = started();

  private TestServer() {}

  /// Connections are not kept, so that a test leaves none behind; and the one thread that the
  /// client has for all is begun before anybody counts.
  private static S3Server started() {
    System.setProperty("http.keepAlive", "false");
    S3Server server = S3Server.start("reader", "open-sesame", 10);
    server.createBucket("first");
    StoreLocation first = ObjectStore.s3("first").by(new ConnectionName(server.url()));
    try (ObjectStore store = ObjectStore.open(first)) {
      store.create("x", new byte[1]);
      try (ReadableObject object = store.read("x");
          InputStream in = object.stream(0)) {
        in.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return server;
  }

  static S3Server shared() {
    return SERVER;
  }

  /// An empty bucket.
  static StoreLocation newBucket() {
    String name = "b-" + UUID.randomUUID();
    SERVER.createBucket(name);
    return ObjectStore.s3(name).by(new ConnectionName(SERVER.url()));
  }
}
