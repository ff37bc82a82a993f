package dev.penstock.objects.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import dev.penstock.objects.AzureConnection;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StagedObject;
import dev.penstock.objects.StoreFailure;
import dev.penstock.objects.StoreLocation;
import dev.penstock.objects.Upload;
import dev.penstock.objects.remote.RemoteStoreContract;
import dev.penstock.testkit.stores.AzureServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Azure Blob Storage keeps the contract of stores, and says who is not let in.
class AzureStoreTest extends RemoteStoreContract {
  private final AzureServer server = TestServer.shared();

  AzureStoreTest() {
    super(TestServer.STORE);
  }

  private StoreLocation location() {
    server.createBucket(bucket);
    return ObjectStore.azure(AzureServer.ACCOUNT, bucket);
  }

  private ObjectStore opened(String credentials) throws IOException {
    return ObjectStore.open(location().by(new ConnectionName(server.url(credentials))));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String client(String secret) {
    return "tenantId=tenant&clientId=app&clientSecret=%s&authority=%s"
        .formatted(secret, encoded("http://" + server.address()));
  }

  /// An upload is copied within the store, which has to be told who may read it.
  private static void goesInAndOut(ObjectStore store, String key) throws IOException {
    try (Upload upload = store.upload(key)) {
      upload.write(new byte[] {1, 2, 3});
      StagedObject staged = upload.stage();
      store.complete(staged);
    }
    assertThat(store.read(key).stream(0)).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void a_wrong_key_is_said_and_not_shown() throws Exception {
    try (ObjectStore store = opened("accountKey=b3Blbi1iYXJsZXk")) {
      assertThatThrownBy(() -> store.find("x"))
          .isInstanceOf(StoreFailure.class)
          .hasMessageStartingWith(
              "cannot look at az://testaccount/%s/x: http://%s/testaccount says 403 AuthenticationFailed; look at the key"
                  .formatted(bucket, server.address()))
          .hasMessageNotContainingAny("b3Blbi1iYXJsZXk", "barley");
    }
    assertThatThrownBy(() -> opened("accountKey=no+base64!"))
        .hasMessageContaining("must be the Base64 text that Azure shows")
        .hasMessageNotContaining("base64!");
  }

  @Test
  void a_client_and_who_has_a_signature_come_in() throws Exception {
    try (ObjectStore store = opened(client("open-sesame"))) {
      goesInAndOut(store, "by client");
      assertThatThrownBy(() -> store.presign("x", Duration.ofMinutes(1)))
          .hasMessageContaining("that needs the key of the account");
    }
    String sas = server.accounts().containerToken(bucket);
    try (ObjectStore store = opened("sasToken=" + encoded("?" + sas))) {
      goesInAndOut(store, "by signature");
    }
    try (ObjectStore store = opened(client("open-barley"))) {
      assertThatThrownBy(() -> store.create("x", new byte[1]))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("getting a token for the client app")
          .hasMessageContaining("Invalid client secret provided. (401)")
          .hasMessageNotContaining("barley");
    }
  }

  @Test
  void the_environment_and_a_block_come_in_where_a_url_does() throws Exception {
    String key = server.accounts().key();
    ConnectionSettings settings = ConnectionSettings.of("az://" + server.address() + "?tls=false");
    Map<String, String> environment = Map.of("AZURE_STORAGE_KEY", key);
    AzureAccess access = AzureAccess.of(settings, AzureServer.ACCOUNT, environment::get);
    try (ObjectStore store = new AzureStore(access, bucket, location())) {
      assertThat(store.create("x", new byte[1])).isTrue();
    }
    AzureConnection block =
        new AzureConnection(Secret.of(key), null, null, null, null, "http://" + server.address());
    AzureAccess byBlock =
        AzureAccess.of(block.connection(), AzureServer.ACCOUNT, Map.<String, String>of()::get);
    try (ObjectStore store = new AzureStore(byBlock, bucket, location())) {
      assertThat(store.find("x")).isPresent();
    }
    assertThat(AzureAccess.of(ConnectionSettings.of("az:"), "lake", environment::get).toString())
        .isEqualTo("https://lake.blob.core.windows.net");
    assertThatThrownBy(() -> AzureAccess.of(ConnectionSettings.of("az:?acountKey=x"), "lake"))
        .hasMessageContaining("did you mean \"accountKey\"");
  }

  @Test
  void addresses_are_those_of_azure_too() {
    assertThat(StoreLocation.of("https://lake.blob.core.windows.net/taxi/2026/*.csv").text())
        .isEqualTo("az://lake/taxi/2026/*.csv");
    StoreLocation trips = StoreLocation.of("az://lake/taxi/2026/trips");
    assertThat(trips.bucket()).isEqualTo("lake/taxi");
    assertThat(trips.prefix()).isEqualTo("2026/trips/");
    assertThat(trips.whole().text()).isEqualTo("az://lake/taxi");
    assertThatThrownBy(() -> StoreLocation.of("az://lake"))
        .hasMessageContaining("az://account/container");
  }
}
