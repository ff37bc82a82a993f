package dev.penstock.objects.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import dev.penstock.objects.NoSuchObject;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.ReadableObject;
import dev.penstock.objects.S3Connection;
import dev.penstock.objects.StagedObject;
import dev.penstock.objects.StoreFailure;
import dev.penstock.objects.StoreLocation;
import dev.penstock.objects.Upload;
import dev.penstock.objects.UploadLost;
import dev.penstock.testkit.ObjectStoreContract;
import dev.penstock.testkit.s3.S3Server;
import dev.penstock.testkit.s3.S3Server.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// S3 keeps the contract of stores, and what goes wrong on the way is put right or said.
class S3StoreTest extends ObjectStoreContract {
  private final S3Server server = TestServer.shared();
  private final String bucket = "b-" + UUID.randomUUID();
  private final StoreLocation lake =
      ObjectStore.s3(bucket).at("lake").by(new ConnectionName(server.url()));

  @Override
  protected ObjectStore open() throws IOException {
    server.createBucket(bucket);
    return ObjectStore.open(lake);
  }

  /// Several parts.
  @Override
  protected int large() {
    return 20_000_000;
  }

  @Test
  void a_wrong_secret_is_said_and_not_shown() throws Exception {
    String url = server.url();
    assertThat(failure(url.replace("sesame", "barley")))
        .isEqualTo(
            "cannot look at s3://%s/x: http://%s says 403 (Forbidden); look at the access key, its secret, and what it may do"
                .formatted(bucket, server.address()));
    try (ObjectStore store = opened(url.replace("sesame", "barley"))) {
      assertThatThrownBy(() -> store.create("x", new byte[1]))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("SignatureDoesNotMatch")
          .hasMessageContaining("the secret key is not that of the access key")
          .hasMessageNotContainingAny("barley");
    }
    try (ObjectStore store = opened(url.replace("reader", "stranger"))) {
      assertThatThrownBy(() -> store.create("x", new byte[1]))
          .hasMessageContaining("the access key is not known there");
    }
  }

  private String failure(String url) throws IOException {
    server.createBucket(bucket);
    try (ObjectStore store = opened(url)) {
      store.find("x");
      return "";
    } catch (StoreFailure e) {
      return String.valueOf(e.getMessage());
    }
  }

  private ObjectStore opened(String url) throws IOException {
    return ObjectStore.open(ObjectStore.s3(bucket).by(new ConnectionName(url)));
  }

  @Test
  void a_bucket_that_is_not_there_is_named() throws Exception {
    StoreLocation nowhere = ObjectStore.s3("no-such-bucket").by(new ConnectionName(server.url()));
    try (ObjectStore store = ObjectStore.open(nowhere)) {
      assertThatThrownBy(() -> store.create("x", new byte[1]))
          .isInstanceOf(NoSuchObject.class)
          .hasMessage(
              "cannot create s3://no-such-bucket/x: there is no such bucket in http://"
                  + server.address());
    }
  }

  @Test
  void a_server_that_is_not_there_is_named() throws Exception {
    S3Server gone = S3Server.start("a", "b", 10);
    gone.close();
    try (ObjectStore store = opened(gone.url())) {
      assertThatThrownBy(() -> store.create("x", new byte[1]))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("http://" + gone.address() + " cannot be reached");
    }
  }

  @Test
  void reading_goes_on_where_an_answer_was_cut() throws Exception {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    try (ObjectStore store = open()) {
      store.complete(staged(store, "cut", content));
      server.fault(line -> line.startsWith("GET") && line.endsWith("/cut"), Fault.HALF_A_BODY, 3);
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
      server.fault(line -> line.startsWith("PUT") && line.endsWith("/entry"), Fault.ANSWER_LOST, 1);
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

  @Test
  void a_block_comes_in_where_its_url_does() throws Exception {
    S3Connection block =
        new S3Connection(
            "http://" + server.address(), null, "reader", Secret.of("open-sesame"), null);
    S3Access access = S3Access.of(block.connection());
    server.createBucket(bucket);
    try (ObjectStore store = new S3Store(access, ObjectStore.s3(bucket))) {
      assertThat(store.create("x", new byte[1])).isTrue();
    }
    assertThatThrownBy(() -> new S3Connection("lake:9000", null, null, null, null))
        .hasMessage("endpoint must be https://host:port, was \"lake:9000\"");
    assertThatThrownBy(() -> S3Access.of(ConnectionSettings.of("s3://h:1?regoin=x")))
        .hasMessageContaining("must be one of [region, tls,")
        .hasMessageContaining("there is \"regoin\"");
  }

  private static StagedObject staged(ObjectStore store, String key, byte[] content)
      throws IOException {
    try (Upload upload = store.upload(key)) {
      upload.write(content);
      return upload.stage();
    }
  }
}
