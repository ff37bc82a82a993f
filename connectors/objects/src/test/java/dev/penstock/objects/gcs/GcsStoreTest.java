package dev.penstock.objects.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import dev.penstock.data.auth.GoogleCredentials;
import dev.penstock.objects.GcsConnection;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreFailure;
import dev.penstock.objects.remote.RemoteStoreContract;
import dev.penstock.testkit.stores.GcsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Google Cloud Storage keeps the contract of stores, and says who is not let in.
class GcsStoreTest extends RemoteStoreContract {
  private final GcsServer server = TestServer.shared();

  @TempDir private Path directory;

  GcsStoreTest() {
    super(TestServer.STORE);
  }

  private ObjectStore opened(String url) throws IOException {
    server.createBucket(bucket);
    return ObjectStore.open(ObjectStore.gcs(bucket).by(new ConnectionName(url)));
  }

  private ObjectStore by(ConnectionSettings settings) {
    server.createBucket(bucket);
    return new GcsStore(GcsAccess.of(settings, null), ObjectStore.gcs(bucket));
  }

  @Test
  void who_may_do_nothing_is_told_so() throws Exception {
    try (ObjectStore store = opened(server.url(server.accounts().strangerKey()))) {
      assertThatThrownBy(() -> store.find("x"))
          .isInstanceOf(StoreFailure.class)
          .hasMessage(
              "cannot look at gs://%s/x: http://%s says 403 forbidden (stranger does not have access to the bucket); look at what the account of the credentials may do with the bucket"
                  .formatted(bucket, server.address()));
      assertThatThrownBy(() -> store.upload("x").stage())
          .hasMessageContaining("says 403 AccessDenied");
    }
    try (ObjectStore store = opened("gs://" + server.address() + "?tls=false")) {
      assertThatThrownBy(() -> store.create("x", new byte[1]))
          .hasMessageContaining("says 401")
          .hasMessageContaining("look at the credentials");
      assertThatThrownBy(() -> store.presign("x", Duration.ofMinutes(1)))
          .hasMessageContaining("that needs the key of a service account");
    }
  }

  @Test
  void a_key_that_is_not_known_there_is_said_and_not_shown() throws Exception {
    try (GcsServer other = GcsServer.start(10)) {
      String key =
          Files.readString(other.accounts().ownerKey()).replace(other.address(), server.address());
      GcsConnection block = new GcsConnection(Secret.of(key), "http://" + server.address());
      try (ObjectStore store = by(block.connection())) {
        assertThatThrownBy(() -> store.find("x"))
            .isInstanceOf(StoreFailure.class)
            .hasMessageContaining(
                "cannot look at gs://" + bucket + "/x: getting a token for owner@")
            .hasMessageContaining("Invalid JWT Signature. (400)")
            .hasMessageNotContaining("PRIVATE");
      }
    }
  }

  @Test
  void a_block_comes_in_where_its_url_does() throws Exception {
    String key = Files.readString(server.accounts().ownerKey());
    GcsConnection block = new GcsConnection(Secret.of(key), "http://" + server.address());
    try (ObjectStore store = by(block.connection())) {
      assertThat(store.create("x", new byte[1])).isTrue();
    }
    assertThatThrownBy(() -> new GcsConnection(null, "lake:9000"))
        .hasMessage("endpoint must be https://host:port, was \"lake:9000\"");
    assertThatThrownBy(() -> GcsAccess.of(ConnectionSettings.of("gs:?credentails=x")))
        .hasMessageContaining("did you mean \"credentials\"");
    assertThatThrownBy(() -> GcsAccess.of(ConnectionSettings.of("gcs://x")))
        .hasMessageContaining("must be gs:?credentials=FILE");
  }

  @Test
  void the_environment_says_where_and_as_whom() throws Exception {
    server.createBucket(bucket);
    GcsAccess emulator =
        GcsAccess.of(ConnectionSettings.of(GcsAccess.GOOGLE), server.address() + "/");
    assertThat(emulator.credentials()).isNull();
    assertThat(emulator.toString()).isEqualTo("http://" + server.address());

    Path file = server.accounts().ownerKey();
    Map<String, String> named = Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString());
    assertThat(GoogleCredentials.ofProcess(named::get, directory).toString())
        .isEqualTo("owner@test.iam.gserviceaccount.com");
    Map<String, String> machine = Map.of("GCE_METADATA_HOST", server.address());
    assertThat(GoogleCredentials.ofProcess(machine::get, directory).token("x").get())
        .startsWith("token-");
    Path kept = directory.resolve("application_default_credentials.json");
    Files.writeString(
        kept,
        "{\"type\":\"authorized_user\",\"client_id\":\"i\",\"client_secret\":\"s3cret\",\"refresh_token\":\"r3fresh\",\"token_uri\":\"http://%s/token\"}"
            .formatted(server.address()));
    Map<String, String> gcloud = Map.of("CLOUDSDK_CONFIG", directory.toString());
    GoogleCredentials user = GoogleCredentials.ofProcess(gcloud::get, directory);
    assertThatThrownBy(() -> user.token("x").get())
        .hasMessageContaining("getting a token for the user of gcloud")
        .hasMessageNotContainingAny("s3cret", "r3fresh");
    Files.writeString(kept, "{\"type\":\"external_account\"}");
    assertThatThrownBy(() -> GoogleCredentials.ofProcess(gcloud::get, directory))
        .hasMessageContaining("credentials of the type \"external_account\" are not supported");
  }
}
