package dev.penstock.objects.remote;

import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.ReadableObject;
import dev.penstock.objects.StoreLocation;
import dev.penstock.testkit.stores.StoreServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// A kind of store, and the server that the tests of this module share for it.
///
/// @param start starts another server
/// @param location of a bucket of this name, by a connection with this URL
public record TestStore(
    StoreServer server,
    Supplier<StoreServer> start,
    BiFunction<String, String, StoreLocation> location) {

  /// Connections are not kept, so that a test leaves none behind; and whatever a client has for all
  /// of them is begun before anybody counts.
  public static TestStore of(
      Supplier<StoreServer> start, BiFunction<String, String, StoreLocation> location) {
    System.setProperty("http.keepAlive", "false");
    TestStore made = new TestStore(start.get(), start, location);
    try (ObjectStore store = ObjectStore.open(made.newBucket())) {
      store.create("x", new byte[1]);
      try (ReadableObject object = store.read("x");
          InputStream in = object.stream(0)) {
        in.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return made;
  }

  /// A bucket of this name, which is made if it is not there.
  public StoreLocation bucket(String name) {
    server.createBucket(name);
    return location.apply(name, server.url());
  }

  /// An empty bucket.
  public StoreLocation newBucket() {
    return bucket("b-" + UUID.randomUUID());
  }
}
