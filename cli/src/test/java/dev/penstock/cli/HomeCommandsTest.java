package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.JsonTree;
import dev.penstock.testkit.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
  void shellsCompleteTheCommands() {
    assertThat(run("completion", "bash").out()).contains("flow-run", "set-state", "--from-start");
    assertThat(run("completion", "fish").exit()).isEqualTo(2);
  }
}
