package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.state.StateName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Eight JVMs that share one file, which none of them has made, and some of which are killed.
class EightProcessesTest {
  private static final int PROCESSES = 8;
  private static final int KILLED = 4;

  @TempDir private Path directory;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
  }

  private Path output(int process) {
    return directory.resolve("output-" + process);
  }

  private void start(int number, StoreUrl url) throws IOException {
    processes.add(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                url.value(),
                "owner-" + number)
            .redirectOutput(output(number).toFile())
            .redirectError(directory.resolve("errors-" + number).toFile())
            .start());
  }

  private void await(int process, int lines) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (Files.readAllLines(output(process)).size() < lines) {
      assertThat(System.nanoTime()).as("process " + process + " is at work").isLessThan(end);
      assertThat(processes.get(process).isAlive())
          .as(Files.readString(directory.resolve("errors-" + process)))
          .isTrue();
      Thread.sleep(20);
    }
  }

  @Test
  void noRunIsLostAndNoneIsTakenTwice() throws Exception {
    StoreUrl url = StoreUrl.file(directory.resolve("home/store.db"));
    for (int i = 0; i < PROCESSES; i++) {
      start(i, url);
    }
    for (int i = 0; i < PROCESSES; i++) {
      await(i, 30);
    }
    for (int i = 0; i < KILLED; i++) {
      await(i, 30 + 10 * i);
      processes.get(i).destroyForcibly();
    }
    for (int i = KILLED; i < PROCESSES; i++) {
      processes.get(i).getOutputStream().close();
      processes.get(i).toHandle().destroy();
    }
    for (Process process : processes) {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    try (Store store = Store.open(url)) {
      finishAll(store);
      check(store);
    }
    try (Connection connection = url.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("PRAGMA integrity_check")) {
      assertThat(found.getString(1)).isEqualTo("ok");
    }
  }

  /// What the killed ones held is taken over when their leases have ended.
  private static void finishAll(Store store) throws InterruptedException {
    FlowRuns runs = store.flowRuns();
    ClaimRequest request =
        new ClaimRequest("heir", "pool", List.of(), List.of(), 100, StoreProcess.LEASE);
    RunFilter left =
        new RunFilter(
            List.of(),
            List.of(),
            List.of(
                StateName.SCHEDULED,
                StateName.PENDING,
                StateName.RUNNING,
                StateName.AWAITING_RETRY),
            List.of(),
            null,
            null,
            null,
            null);
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!runs.list(left, Page.first(1)).isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(end);
      runs.expire(100);
      List<Claimed> taken = runs.claim(request);
      for (Claimed each : taken) {
        runs.begin(each.lease(), "v1");
        runs.move(each.lease(), StateName.COMPLETED, FlowRuns.Outcome.message("by the heir"));
      }
      if (taken.isEmpty()) {
        Thread.sleep(100);
      }
    }
  }

  private void check(Store store) throws IOException {
    Set<String> taken = new HashSet<>();
    int made = 0;
    for (int i = 0; i < PROCESSES; i++) {
      for (String line : whole(Files.readString(output(i)))) {
        String[] words = line.split(" ");
        switch (words[0]) {
          case "made" -> {
            made++;
            assertThat(store.flowRuns().find(words[1]).orElseThrow().state().name())
                .isEqualTo(StateName.COMPLETED);
          }
          case "took" ->
              assertThat(taken.add(words[1] + " " + words[2])).as("taken once: " + line).isTrue();
          case "done" ->
              assertThat(store.flowRuns().history(words[1]))
                  .filteredOn(state -> state.name() == StateName.COMPLETED)
                  .singleElement()
                  .satisfies(state -> assertThat(state.message()).isEmpty());
          default -> assertThat(words[0]).isIn("ready", "lost");
        }
      }
    }
    assertThat(made).isGreaterThan(PROCESSES * 10);
  }

  /// Without a line that its process could not finish.
  private static List<String> whole(String output) {
    return output.substring(0, output.lastIndexOf('\n') + 1).lines().toList();
  }
}
