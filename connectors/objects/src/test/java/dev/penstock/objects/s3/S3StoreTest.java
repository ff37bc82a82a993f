package dev.penstock.objects.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.S3Connection;
import dev.penstock.objects.StoreFailure;
import dev.penstock.objects.remote.RemoteStoreContract;
import dev.penstock.testkit.s3.S3Server;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// S3 keeps the contract of stores, and what goes wrong on the way is put right or said.
class S3StoreTest extends RemoteStoreContract {
  private final S3Server server = TestServer.shared();

  S3StoreTest() {
    super(TestServer.STORE);
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

  @Test
  void a_clock_that_is_wrong_is_said() throws Exception {
    server.createBucket(bucket);
    try (ObjectStore store = opened(server.url())) {
      server.clockAhead(Duration.ofHours(1));
      assertThatThrownBy(() -> store.create("x", new byte[1]))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("RequestTimeTooSkewed")
          .hasMessageEndingWith("; the clock of this machine is wrong, or that of the server");
    } finally {
      server.clockAhead(Duration.ZERO);
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
}
