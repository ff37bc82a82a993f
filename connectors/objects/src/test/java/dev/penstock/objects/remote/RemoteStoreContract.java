package dev.penstock.objects.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.objects.NoSuchObject;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.ReadableObject;
import dev.penstock.objects.StagedObject;
import dev.penstock.objects.StoreFailure;
import dev.penstock.objects.StoreLocation;
import dev.penstock.objects.Upload;
import dev.penstock.objects.UploadLost;
import dev.penstock.testkit.ObjectStoreContract;
import dev.penstock.testkit.stores.StoreServer;
import dev.penstock.testkit.stores.StoreServer.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What a store over a network must keep besides: what goes wrong on the way is put right or said.
public abstract class RemoteStoreContract extends ObjectStoreContract {
  protected final String bucket = "b-" + UUID.randomUUID();
  private final TestStore store;
  private final StoreServer server;

  protected RemoteStoreContract(TestStore store) {
    this.store = store;
    this.server = store.server();
  }

  @Override
  protected ObjectStore open() throws IOException {
    return ObjectStore.open(store.bucket(bucket).at("lake"));
  }

  /// Several parts.
  @Override
  protected int large() {
    return 9_000_000;
  }

  @Test
  void a_bucket_that_is_not_there_is_named() throws Exception {
    StoreLocation nowhere = store.location().apply("no-such-bucket", server.url());
    try (ObjectStore bucket = ObjectStore.open(nowhere)) {
      assertThatThrownBy(() -> bucket.create("x", new byte[1]))
          .isInstanceOf(NoSuchObject.class)
          .hasMessageStartingWith(
              "cannot create %s/x: there is no such bucket in http://%s"
                  .formatted(nowhere, server.address()));
    }
  }

  @Test
  void a_server_that_is_not_there_is_named() throws Exception {
    StoreServer gone = store.start().get();
    StoreLocation there = store.location().apply("bucket", gone.url());
    try (ObjectStore bucket = ObjectStore.open(there)) {
      gone.close();
      assertThatThrownBy(() -> bucket.create("x", new byte[1]))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContainingAll("cannot create " + there + "/x", gone.address());
    }
  }

  @Test
  void reading_goes_on_where_an_answer_was_cut() throws Exception {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    try (ObjectStore store = open()) {
      store.complete(staged(store, "cut", content));
      server.fault(server.reading("cut"), Fault.HALF_A_BODY, 3);
      try (ReadableObject object = store.read("cut");
          InputStream in = object.stream(0)) {
        assertThat(in.readAllBytes()).isEqualTo(content);
      }
    }
  }

  @Test
  void what_is_refused_for_a_while_is_tried_again() throws Exception {
    try (ObjectStore store = open()) {
      server.fault(line -> line.contains("/busy"), Fault.REFUSED, 2);
      store.complete(staged(store, "busy", new byte[] {1}));
      assertThat(store.find("busy")).isPresent();
    }
  }

  @Test
  void a_create_whose_answer_was_lost_has_taken_effect_once() throws Exception {
    try (ObjectStore store = open()) {
      server.fault(server.creating(bucket, "lake/entry"), Fault.ANSWER_LOST, 1);
      // sent again, it finds its own object: whoever depends on it has to look
      assertThat(store.create("entry", "mine".getBytes(UTF_8))).isFalse();
      assertThat(server.content(bucket, "lake/entry")).asString(UTF_8).isEqualTo("mine");
    }
  }

  @Test
  void an_upload_that_was_removed_is_told_from_one_that_was_completed() throws Exception {
    try (ObjectStore store = open()) {
      store.complete(staged(store, "x", new byte[] {1}));
      StagedObject second = staged(store, "x", new byte[] {2});
      server.abortUploads(bucket);
      assertThatThrownBy(() -> store.complete(second))
          .isInstanceOf(UploadLost.class)
          .hasMessageContaining("lake/x was committed");
    }
  }

  private static StagedObject staged(ObjectStore store, String key, byte[] content)
      throws IOException {
    try (Upload upload = store.upload(key)) {
      upload.write(content);
      return upload.stage();
    }
  }
}
