package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.store.Workers;
import dev.penstock.testkit.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeCommandsTest extends CommandLineTests {
  @TempDir private Path elsewhere;

  private String golden(Result result) {
    return result
        .golden()
        .replace(home.toString(), "HOME")
        .replace(elsewhere.toString(), "ELSEWHERE")
        .replaceAll("(java +ok +).*", "$1JDK")
        .replaceAll("(of version |version +|known +|before +)\\d+", "$1N")
        .replaceAll(" {2,}", "  ");
  }

  @Test
  void settingsAreShownWithTheirVariablesAndWithoutPasswords() throws Exception {
    Map<String, String> environment =
        Map.of(
            "PENSTOCK_STORE",
            "jdbc:postgresql://me:hidden@db/penstock?password=hidden",
            "PENSTOCK_CONNECTION_WAREHOUSE",
            "jdbc:postgresql://me:hidden@db/warehouse");
    Result shown = run(environment, "config", "view");
    assertThat(shown.out()).doesNotContain("hidden");
    Golden.assertMatches("config-view", golden(shown));
    assertThat(run(environment, "config", "view", "--output", "json").out())
        .doesNotContain("hidden")
        .contains("\"from\":\"PENSTOCK_STORE\"");
  }

  @Test
  void settingsAreKeptInProfiles() throws Exception {
    StringBuilder said = new StringBuilder();
    say(said, "profile ls");
    say(said, "config set PENSTOCK_CONNECTION_DWH=jdbc:postgresql://me:hidden@db/dwh");
    say(said, "config set PENSTOCK_STOR=jdbc:sqlite:a.db");
    say(said, "config set PENSTOCK_STORE=jdbc:mysql://db");
    say(said, "config set PENSTOCK_RESULTS");
    say(said, "profile create prod --from default");
    say(said, "profile create prod");
    say(said, "config set PENSTOCK_RESULTS=/srv/results --profile prod");
    say(said, "config view");
    say(said, "profile use prod");
    say(said, "config view");
    say(said, Map.of("PENSTOCK_RESULTS", "/tmp/results"), "config view");
    say(said, Map.of("PENSTOCK_PROFILE", "default"), "profile ls");
    say(said, Map.of("PENSTOCK_PROFILE", "pord"), "config view");
    say(said, "profile inspect prod");
    say(said, "config unset PENSTOCK_RESULT");
    say(said, "config unset PENSTOCK_RESULTS");
    say(said, "profile delete prod");
    say(said, "profile use default");
    say(said, "profile delete prod");
    say(said, "profile delete prod");
    assertThat(said.toString().replaceAll("(?m)^\\$.*", "")).doesNotContain("hidden");
    Golden.assertMatches(
        "profile", said.toString().replace(home.toString(), "HOME").replaceAll(" {2,}", "  "));
    assertThat(Files.getPosixFilePermissions(home.resolve("profiles/default.env")))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  @Test
  void theStoreOfAProfileIsTheOneThatIsUsed() {
    String elsewhereUrl = "jdbc:sqlite:" + elsewhere.resolve("other.db");
    assertThat(run("config", "set", "PENSTOCK_STORE=" + elsewhereUrl).exit()).isZero();
    assertThat(run("variable", "set", "color", "green").exit()).isZero();
    assertThat(elsewhere.resolve("other.db")).exists();
    assertThat(store.variables().find("color")).isEmpty();
  }

  @Test
  void theDoctorFindsNothingWrong() throws Exception {
    Golden.assertMatches("doctor-well", golden(run("doctor")));
  }

  @Test
  void theDoctorSaysWhatIsWrongAndWhatToDo() throws Exception {
    Path unfinished = Files.createDirectories(home.resolve("results")).resolve("part-1");
    Files.createFile(unfinished);
    Files.setLastModifiedTime(unfinished, FileTime.from(Instant.EPOCH));
    Path file = Files.writeString(elsewhere.resolve("file"), "no database, but a text".repeat(99));
    Result found = run(Map.of("PENSTOCK_STORE", "jdbc:sqlite:" + file), "doctor");
    assertThat(found.exit()).isEqualTo(1);
    assertThat(found.out())
        .contains("the store jdbc:sqlite:" + file + " is no store")
        .contains("1 unfinished file of processes that were killed, such as " + unfinished);
    assertThat(run(Map.of("PENSTOCK_STORE", "jdbc:mysql://db"), "doctor"))
        .satisfies(refused -> {
          assertThat(refused.exit()).isEqualTo(1);
          assertThat(refused.out()).contains("the store must be a URL like jdbc:sqlite:FILE");
        });
  }

  @Test
  void theDoctorFindsRunsThatNobodyRuns() throws Exception {
    FlowRun lost =
        store
            .flowRuns()
            .create(
                new NewFlowRun(
                    Ids.next(InstantSource.system()),
                    "lucky-otter",
                    FlowRun.Origin.here("ingest", null, null),
                    FlowRun.Call.of("{}", List.of()),
                    null));
    Claimed claimed = store.flowRuns().take(lost.id(), "gone", Duration.ofMillis(1)).orElseThrow();
    assertThat(claimed.run().name()).isEqualTo("lucky-otter");
    store.workPools().create("etl", WorkPool.Type.PROCESS, null);
    FlowRun.Origin inPool = new FlowRun.Origin("ingest", null, "etl", "default", 10, "v", null);
    store
        .flowRuns()
        .create(
            new NewFlowRun(
                Ids.next(InstantSource.system()),
                "late-otter",
                inPool,
                FlowRun.Call.of("{}", List.of()),
                Instant.EPOCH));
    store.handovers().markLate(Duration.ZERO);
    Result found = run("doctor");
    assertThat(found.exit()).isZero();
    assertThat(found.out())
        .contains("nobody has taken them over: lucky-otter: start a worker")
        .contains("etl has 1 late run and no worker: penstock worker start --pool etl");
    store
        .workers()
        .register(new Workers.Registration("w", "process 1", "etl", "1", 1), Duration.ofMinutes(1));
    assertThat(run("doctor").out()).contains("none has late runs and no worker");
  }

  @Test
  void aPlaceThatIsNoStoreIsRefused() {
    assertThat(run(Map.of("PENSTOCK_STORE", "jdbc:mysql://db"), "flow-run", "ls").err())
        .startsWith("PENSTOCK_STORE: the store must be a URL like jdbc:sqlite:FILE");
  }

  @Test
  void theStoreIsMadeByUpgradingIt() throws Exception {
    Map<String, String> fresh =
        Map.of("PENSTOCK_STORE", "jdbc:sqlite:" + elsewhere.resolve("fresh.db"));
    assertThat(run(fresh, "store", "vacuum").err()).contains("there is no store yet at");
    assertThat(version(run(fresh, "store", "version", "--output", "json"))).isEqualTo(0);
    assertThat(elsewhere.resolve("fresh.db")).doesNotExist();
    Golden.assertMatches("store-upgrade", golden(run(fresh, "store", "upgrade")));
    assertThat(version(run(fresh, "store", "version", "--output", "json"))).isNotEqualTo(0);
    assertThat(run(fresh, "store", "vacuum").exit()).isZero();
  }

  @Test
  void howLongRunsAreKeptIsShownAndChanged() {
    assertThat(run("store", "retention", "--output", "json").out())
        .contains("\"days\":30", "\"perFlow\":10000");
    assertThat(run("store", "retention", "--days", "90").exit()).isZero();
    assertThat(run("store", "retention", "--per-flow", "50", "--output", "json").out())
        .contains("\"days\":90", "\"perFlow\":50");
    Result none = run("store", "retention", "--days", "0");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("must be kept for some time");
    assertThat(run("store", "retention", "--days", "1000000").err()).contains("99,999 days");
    assertThat(run("store", "retention", "--output", "json").out()).contains("\"days\":90");
  }

  private static Object version(Result result) {
    return String.valueOf(JsonTree.readObject(result.out()).get("version")).equals("0") ? 0 : 1;
  }

  @Test
  void aStarterIsWrittenOnce() throws Exception {
    List<String> init = List.of("init", "ingest", "--directory", elsewhere.toString());
    assertThat(run(init.toArray(String[]::new)).exit()).isZero();
    assertThat(elsewhere.resolve("ingest.java")).content().contains("int ingest(");
    assertThat(run(init.toArray(String[]::new)).err()).contains("is there already");
    assertThat(run("init", "my-flow").err()).contains("\"my-flow\" cannot be the name of a flow");
  }

  @Test
  void aDirectoryWithAPipelineIsWrittenOnce() throws Exception {
    String directory = elsewhere.toString();
    Result written = run("init", "pipeline", "orders", "--directory", directory);
    assertThat(written.exit()).as(written.err()).isZero();
    Path orders = elsewhere.resolve("orders");
    assertThat(written.out()).contains("test it: cd " + orders + " && penstock run test.java");
    try (Stream<Path> files = Files.list(orders)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "specs.yaml", "orders.java", "sample.csv", "test.java", "Dockerfile");
    }
    assertThat(orders.resolve("Dockerfile")).content().contains("COPY orders.java specs.yaml");
    assertThat(run("init", "pipeline", "orders", "--directory", directory).err())
        .contains("is there already");
    assertThat(run("init", "pipelin", "orders", "--directory", directory).exit()).isEqualTo(2);
    assertThat(run("init", "pipeline", "test", "--directory", directory).exit()).isEqualTo(1);
  }

  @Test
  void shellsCompleteTheCommands() {
    assertThat(run("completion", "bash").out()).contains("flow-run", "set-state", "--from-start");
    assertThat(run("completion", "fish").exit()).isEqualTo(2);
  }
}
