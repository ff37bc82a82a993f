package dev.penstock.flow.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import dev.penstock.data.UnknownConnection;
import dev.penstock.flow.store.BlockDocument;
import dev.penstock.flow.store.SealedValues.SecretEntry;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.StoredAutomation;
import dev.penstock.flow.store.UnknownName;
import dev.penstock.flow.store.Variable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a vault keeps, and keeps to itself, in every store.
abstract class VaultContract {
  private static final String VALUE = "correct-horse-battery-staple";

  @TempDir Path directory;

  private StoreUrl url;
  private Store store;
  private Vault vault;

  /// The URL of an empty store.
  abstract StoreUrl url();

  /// Everything that the store has on disk or in its tables.
  abstract String everythingIn(StoreUrl url) throws Exception;

  @BeforeEach
  void openVault() {
    url = url();
    store = Store.open(url);
    vault = vault(Map.of());
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private Path home() {
    return directory.resolve("home");
  }

  private Path keys() {
    return home().resolve("secrets.key");
  }

  private Vault vault(Map<String, String> environment) {
    return Vault.of(store, home(), environment);
  }

  private static String key(int fill) {
    byte[] key = new byte[32];
    java.util.Arrays.fill(key, (byte) fill);
    return Base64.getEncoder().encodeToString(key);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url.value());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void variablesAreJsonValuesWithTags() {
    vault.variables().set("months", "[1, 2]", List.of("taxi"));
    vault.variables().set("limit", "7", List.of());
    vault.variables().set("limit", "8", List.of());
    vault.variables().set("greeting", "\"hello\"", List.of());

    assertThat(vault.variables().get("limit").as(int.class)).isEqualTo(8);
    assertThat(vault.variables().get("months").text()).isEqualTo("[1,2]");
    assertThat(vault.variables().get("months").tags()).containsExactly("taxi");
    assertThat(vault.variables().get("greeting").text()).isEqualTo("hello");
    assertThat(vault.variables().list())
        .extracting(Variable::name)
        .containsExactly("greeting", "limit", "months");
    assertThat(vault.variables().delete("limit")).isTrue();
    assertThat(vault.variables().delete("limit")).isFalse();
  }

  @Test
  void variablesThatAreNotThereOrNotWhatIsWantedAreTold() {
    vault.variables().set("months", "[1]", List.of());
    assertThatThrownBy(() -> vault.variables().get("moths"))
        .isInstanceOf(UnknownName.class)
        .hasMessage("there is no variable \"moths\"; did you mean \"months\"?");
    assertThatThrownBy(() -> vault.variables().get("months").as(int.class))
        .hasMessage("variable \"months\" is not int: an array is not a value of type int");
    assertThatThrownBy(() -> vault.variables().set("a", "{", List.of()))
        .hasMessageStartingWith("not JSON");
    assertThatThrownBy(() -> vault.variables().set("a/b", "1", List.of()))
        .hasMessageContaining("was \"a/b\"");
  }

  @Test
  void whatHasANameIsReplacedOnlyAsItWasSeen() {
    assertThat(vault.variables().create("limit", "7", List.of())).isTrue();
    assertThat(vault.variables().create("limit", "8", List.of())).isFalse();
    Instant seen = vault.variables().find("limit").orElseThrow().updated();
    assertThat(vault.variables().replace("limit", "9", List.of(), seen)).isTrue();
    assertThat(vault.variables().replace("limit", "10", List.of(), seen)).isFalse();
    assertThat(vault.variables().get("limit").as(int.class)).isEqualTo(9);

    assertThat(depot("depot:one", null)).contains(1);
    assertThat(depot("depot:two", null)).isEmpty();
    Instant saved = vault.blocks().list().getFirst().saved();
    assertThat(depot("depot:three", saved)).contains(2);
    assertThat(depot("depot:four", saved)).isEmpty();
    assertThat(vault.blocks().get(TestBlocks.Depot.class, "shop").password().reveal())
        .isEqualTo("depot:three");

    assertThat(store.automations().replace("1", "night", "{}", null)).isTrue();
    assertThat(store.automations().replace("2", "night", "{}", null)).isFalse();
    store.automations().enable("night", false);
    Instant since = store.automations().find("night").orElseThrow().since();
    assertThat(store.automations().replace("3", "night", "[]", since)).isTrue();
    assertThat(store.automations().replace("4", "night", "{}", since)).isFalse();
    StoredAutomation now = store.automations().find("night").orElseThrow();
    assertThat(now.definition() + now.enabled() + now.id()).isEqualTo("[]false1");
  }

  /// A depot whose password is its URL.
  private Optional<Integer> depot(String url, @Nullable Instant seen) {
    Map<String, Secret> texts = Map.of("url", Secret.of(url), "password", Secret.of(url));
    return vault
        .blocks()
        .parseAndReplace(vault.blocks().types().get("test-depot"), "shop", texts, seen);
  }

  @Test
  void aSecretIsReadableWithItsKeyAndNowhereInTheStore() throws Exception {
    vault.secrets().set("token", Secret.of(VALUE));
    vault.blocks().save("shop", new TestBlocks.Depot("depot:shop", Secret.of(VALUE)));

    assertThat(vault.secrets().get("token").reveal()).isEqualTo(VALUE);
    assertThat(vault.blocks().get(TestBlocks.Depot.class, "shop").password().reveal())
        .isEqualTo(VALUE);
    assertThat(everythingIn(url)).contains("secret/token", "depot:shop").doesNotContain(VALUE);
    String shown =
        ""
            + vault.secrets().get("token")
            + vault.secrets().list()
            + vault.blocks().list()
            + vault.blocks().get(TestBlocks.Depot.class, "shop");
    assertThat(shown).contains("token", "depot:shop").doesNotContain(VALUE);
  }

  @Test
  void theKeyIsMadeForItsOwnerOnly() throws Exception {
    assertThat(keys()).doesNotExist();
    vault.secrets().set("token", Secret.of(VALUE));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys())))
        .isEqualTo("rw-------");
    try (var files = Files.list(home())) {
      assertThat(files).containsExactly(keys());
    }
    Files.setPosixFilePermissions(keys(), PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> vault.secrets().get("token"))
        .isInstanceOf(BadKeys.class)
        .hasMessage(
            "the file of keys "
                + keys()
                + " can be read by others (rw-r-----): chmod 600 "
                + keys());
  }

  @Test
  void withoutTheKeyNothingIsReadNorWrittenAndTheMessageSaysWhatToDo() throws Exception {
    vault.secrets().set("token", Secret.of(VALUE));
    Files.delete(keys());

    for (Runnable use :
        List.<Runnable>of(
            () -> vault.secrets().get("token"),
            () -> vault.secrets().set("other", Secret.of("x")),
            () -> vault.rotateKey())) {
      assertThatThrownBy(use::run)
          .isInstanceOf(BadKeys.class)
          .hasMessageMatching(
              "the secrets of the store are sealed by key k[0-9a-f]{12}, and there is no file of keys "
                  + keys()
                  + ": copy the file with key k[0-9a-f]{12} there, from the machine that has it or"
                  + " from a backup, or set PENSTOCK_KEY to that key");
    }
    assertThat(keys()).doesNotExist();
    assertThat(vault.secrets().list()).extracting(SecretEntry::name).containsExactly("token");
  }

  @Test
  void aKeyOfTheEnvironmentIsUsedInsteadOfTheFile() {
    vault(Map.of("PENSTOCK_KEY", key(1))).secrets().set("token", Secret.of(VALUE));

    assertThat(keys()).doesNotExist();
    assertThat(vault(Map.of("PENSTOCK_KEY", key(1))).secrets().get("token").reveal())
        .isEqualTo(VALUE);
    assertThatThrownBy(() -> vault(Map.of("PENSTOCK_KEY", key(2))).secrets().get("token"))
        .isInstanceOf(BadKeys.class)
        .hasMessageContaining("the environment variable PENSTOCK_KEY has [k")
        .message()
        .doesNotContain(key(2));
    assertThatThrownBy(() -> vault(Map.of("PENSTOCK_KEY", "c2hvcnQ=")).secrets().get("token"))
        .hasMessage(
            "the environment variable PENSTOCK_KEY holds no key: a key must be 32 bytes in Base64,"
                + " was 5 bytes; `openssl rand -base64 32` makes one");
  }

  @Test
  void aValueThatWasMovedOrChangedIsRefused() throws Exception {
    vault.secrets().set("mine", Secret.of(VALUE));
    vault.secrets().set("yours", Secret.of("other"));
    execute(
        "UPDATE sealed SET value = (SELECT value FROM sealed WHERE place = 'secret/mine') WHERE place = 'secret/yours'");

    assertThatThrownBy(() -> vault.secrets().get("yours"))
        .isInstanceOf(BadKeys.class)
        .hasMessage(
            "the stored value of secret/yours was changed, or belongs to another place: set it again");
    execute("UPDATE sealed SET value = 'AAAA' WHERE place = 'secret/mine'");
    assertThatThrownBy(() -> vault.secrets().get("mine")).isInstanceOf(BadKeys.class);
  }

  @Test
  void aRotationSealsEverythingByANewKeyAndForgetsTheOld() throws Exception {
    vault.secrets().set("token", Secret.of(VALUE));
    vault.blocks().save("shop", new TestBlocks.Depot("depot:shop", Secret.of(VALUE)));
    String before = Files.readString(keys());
    Path elsewhere = Files.copy(keys(), directory.resolve("old.key"));

    assertThat(vault.rotateKey()).isEqualTo(2);
    assertThat(vault.secrets().get("token").reveal()).isEqualTo(VALUE);
    assertThat(vault.blocks().get(TestBlocks.Depot.class, "shop").password().reveal())
        .isEqualTo(VALUE);
    assertThat(Files.readAllLines(keys()))
        .hasSize(2)
        .doesNotContain(before.lines().toList().get(1));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys())))
        .isEqualTo("rw-------");
    Files.copy(elsewhere, keys(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> vault.secrets().get("token")).isInstanceOf(BadKeys.class);
  }

  @Test
  void aRotationThatDiedAfterItsKeyWasWrittenIsTakenToItsEnd() throws Exception {
    vault.secrets().set("token", Secret.of(VALUE));
    List<String> lines = Files.readAllLines(keys());
    Files.write(keys(), List.of(key(9), lines.getLast()));

    assertThat(vault.secrets().get("token").reveal()).isEqualTo(VALUE);
    vault.secrets().set("second", Secret.of(VALUE));
    assertThat(vault.rotateKey()).isEqualTo(2);
    assertThat(Files.readAllLines(keys())).hasSize(2).last().isEqualTo(key(9));
    assertThat(vault.secrets().get("second").reveal()).isEqualTo(VALUE);
  }

  @Test
  void keysOfTheEnvironmentAreRotatedByPuttingANewOneFirst() {
    vault(Map.of("PENSTOCK_KEY", key(1))).secrets().set("token", Secret.of(VALUE));
    assertThatThrownBy(() -> vault(Map.of("PENSTOCK_KEY", key(1))).rotateKey())
        .hasMessageStartingWith(
            "the first key of PENSTOCK_KEY is in use already: put a new one before it,"
                + " PENSTOCK_KEY=NEW,OLD, then rotate");
    assertThatThrownBy(() -> vault(Map.of("PENSTOCK_KEY", key(2))).rotateKey())
        .isInstanceOf(BadKeys.class);
    assertThat(vault(Map.of("PENSTOCK_KEY", key(2) + "," + key(1))).rotateKey()).isEqualTo(1);
    assertThat(vault(Map.of("PENSTOCK_KEY", key(2))).secrets().get("token").reveal())
        .isEqualTo(VALUE);
  }

  @Test
  void whoeverReadsAndWritesDuringRotationsIsNeverRefused() {
    vault.secrets().set("token", Secret.of(VALUE));
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Integer> other =
        CompletableFuture.supplyAsync(() -> {
          int times = 0;
          try (Store second = Store.open(url)) {
            Vault beside = Vault.of(second, home(), Map.of());
            while (!over.get() || times < 10) {
              beside.secrets().set("beside", Secret.of(VALUE));
              assertThat(beside.secrets().get("token").reveal()).isEqualTo(VALUE);
              times++;
            }
          }
          return times;
        });
    for (int i = 0; i < 10; i++) {
      vault.rotateKey();
    }
    over.set(true);
    assertThat(other.join()).isPositive();
    assertThat(vault.secrets().get("beside").reveal()).isEqualTo(VALUE);
  }

  @Test
  void eachSaveOfABlockIsAVersion() {
    assertThat(vault.blocks().save("shop", new TestBlocks.Depot("depot:1", Secret.of("one"))))
        .isEqualTo(1);
    assertThat(vault.blocks().save("shop", new TestBlocks.Depot("depot:2", Secret.of("two"))))
        .isEqualTo(2);
    List<BlockDocument> versions = vault.blocks().versions("test-depot", "shop");

    assertThat(vault.blocks().get(TestBlocks.Depot.class, "shop"))
        .isEqualTo(new TestBlocks.Depot("depot:2", Secret.of("two")));
    assertThat(vault.blocks().list()).containsExactly(versions.getFirst());
    assertThat(vault.blocks().read(versions.getLast()))
        .isEqualTo(new TestBlocks.Depot("depot:1", Secret.of("one")));
    assertThat(vault.blocks().delete("test-depot", "shop")).isTrue();
    assertThat(vault.blocks().list()).isEmpty();
    assertThat(vault.rotateKey()).as("secrets that are left").isZero();
    assertThatThrownBy(() -> vault.blocks().get(TestBlocks.Depot.class, "shop"))
        .hasMessage("there is no test-depot block \"shop\"");
  }

  @Test
  void savesOfSeveralProcessesAreVersionsOfTheirOwn() {
    try (Store second = Store.open(url)) {
      List<CompletableFuture<Integer>> saves = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Vault each = Vault.of(i % 2 == 0 ? store : second, home(), Map.of());
        saves.add(
            CompletableFuture.supplyAsync(
                () -> each.blocks().save("shop", new TestBlocks.Depot("depot:x", Secret.of("x")))));
      }
      assertThat(saves.stream().map(CompletableFuture::join))
          .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }
  }

  @Test
  void aConnectionIsTheBlockOfItsName() {
    StoredConnections.resolveBy(() -> vault);
    ConnectionName name = new ConnectionName("shop");
    assertThatThrownBy(name::settings).isInstanceOf(UnknownConnection.class);
    vault.blocks().save("shop", new TestBlocks.Depot("depot:shop", Secret.of(VALUE)));

    ConnectionSettings settings = name.settings();
    assertThat(settings.url()).isEqualTo("depot:shop");
    assertThat(settings.secrets().get("password").reveal()).isEqualTo(VALUE);
    assertThat("" + name + settings).doesNotContain(VALUE);

    vault.blocks().save("shop", new TestBlocks.Port(1));
    assertThatThrownBy(name::settings)
        .hasMessage(
            "connection \"shop\" could be any of the blocks of that name, of the types test-depot,"
                + " test-port: give them different names");
  }

  @Test
  void aBlockTypeThatNobodyBringsIsTold() {
    assertThatThrownBy(() -> vault.blocks().types().get("test-depots"))
        .hasMessage(
            "no module on the class path brings the block type \"test-depots\"; did you mean"
                + " \"test-depot\"?");
  }
}
