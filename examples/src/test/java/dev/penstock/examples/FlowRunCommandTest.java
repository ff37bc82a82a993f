package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The commands around flow runs, in processes of their own.
class FlowRunCommandTest {
  @TempDir private static Path shared;
  private static Checkout checkout;

  @TempDir private Path directory;

  @BeforeAll
  static void build() throws IOException {
    checkout = Checkout.built(shared);
  }

  private Command command(String... arguments) {
    return checkout
        .penstock(arguments)
        .in(directory)
        .env("PENSTOCK_HOME", directory.resolve("home").toString());
  }

  private Command.Result run(String... arguments) throws Exception {
    return command(arguments).run();
  }

  @Test
  void theStarterRunsAndItsRunIsListed() throws Exception {
    assertThat(run("init", "first").out()).contains("run it: penstock run first.java");
    Command.Result ran = run("run", "first.java", "--param", "count=4");
    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).contains("the sum of 4 numbers is 10");
    assertThat(run("flow-run", "ls", "--flow", "first").out()).contains("Completed");
    assertThat(directory.resolve("home/native"))
        .isDirectoryRecursivelyContaining("regex:.*sqlitejdbc[.](so|dylib|dll)");
  }

  @Test
  void theStarterOfAPipelineRunsAndPassesItsTest() throws Exception {
    assertThat(run("init", "pipeline", "orders").exit()).isZero();
    Command.Result tested = command("run", "test.java").in(directory.resolve("orders")).run();
    assertThat(tested.exit()).as(tested.err()).isZero();
    assertThat(tested.out()).isEqualTo("passed\n");
  }

  @Test
  void whatAFlowPrintsAndWhatLibrariesLogInItIsInItsLog() throws Exception {
    Files.writeString(
        directory.resolve("says.java"),
        """
        @Flow(logPrints = true)
        void says() {
            IO.println("printed");
            org.slf4j.LoggerFactory.getLogger("com.acme.Shop").info("logged {}", 3);
            org.slf4j.LoggerFactory.getLogger("com.zaxxer.hikari.HikariPool").info("of a library");
            System.getLogger("com.acme.Shop").log(System.Logger.Level.WARNING, "by the platform");
            task("part").run(() -> org.slf4j.LoggerFactory.getLogger("com.acme.Part").warn("in a task"));
        }
        void main(String[] args) {
            runFlow(args);
            IO.println("after the run");
        }
        """);
    Command.Result ran = run("run", "says.java");
    assertThat(ran.out()).isEqualTo("after the run\n");
    assertThat(ran.err())
        .containsPattern("\\| INFO    \\| Flow run '[a-z-]+' - printed")
        .containsPattern("\\| INFO    \\| Flow run '[a-z-]+' - logged 3")
        .containsPattern("\\| WARNING \\| Flow run '[a-z-]+' - by the platform")
        .containsPattern("\\| WARNING \\| Task run 'part-0' - in a task")
        .doesNotContain("of a library", "SLF4J");
    String name = ran.err().replaceFirst("(?s).*Flow run '([a-z-]+)'.*", "$1");
    assertThat(run("flow-run", "logs", name).out()).contains("printed", "logged 3", "in a task");
  }

  @Test
  void aFailedRunGoesOnWhereItFailed() throws Exception {
    Files.writeString(
        directory.resolve("load.java"),
        """
        @Flow
        void load() {
            task("extract").run(() -> IO.println("extracting"));
            task("load").run(() -> {
                if (!java.nio.file.Files.exists(Path.of("table"))) throw new IllegalStateException("no table");
                IO.println("loading");
            });
        }
        void main(String[] args) { runFlow(args); }
        """);
    Command.Result failed = run("run", "load.java");
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.out()).isEqualTo("extracting\n");
    String listed = run("flow-run", "ls").out();
    String id = listed.lines().toList().getLast().split(" ")[0];

    assertThat(run("run", "load.java", "--flow-run", id).err())
        .contains("is Failed: penstock flow-run retry " + id + " lets it run again");
    String says = run("flow-run", "retry", id).out();
    assertThat(says).contains("load.java --flow-run " + id);
    Files.createFile(directory.resolve("table"));
    List<String> words = List.of(says.substring(says.indexOf("penstock run")).strip().split(" "));
    Command.Result again = run(words.subList(1, words.size()).toArray(String[]::new));
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).isEqualTo("loading\n");
  }

  /// @param end how the state that the run ends in begins
  @ParameterizedTest
  @CsvSource({
    "TERM, 143, Crashed(\"its process was told to end",
    "INT, 130, Cancelled(\"stopped by Ctrl-C"
  })
  void aRunWhoseProcessIsToldToEndEndsAndItsLogIsWhole(String signal, int exit, String end)
      throws Exception {
    Files.writeString(
        directory.resolve("waits.java"),
        """
        @Flow
        void waits() {
            task("sleep").retry(times(3)).run(() -> {
                IO.println("ready");
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    throw new IllegalStateException("could not sleep", e);
                }
            });
        }
        void main(String[] args) { runFlow(args); }
        """);
    Process process = command("run", "waits.java").start();
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
    Command.Result result = Command.await(process);
    assertThat(result.exit()).as(result.err()).isEqualTo(exit);
    String name = result.err().replaceFirst("(?s).*Flow run '([a-z-]+)'.*", "$1");
    assertThat(run("flow-run", "logs", name, "--follow").out().lines())
        .last(InstanceOfAssertFactories.STRING)
        .contains("Finished in state " + end);
    assertThat(run("task-run", "ls", "--flow-run", name).out())
        .contains(end.substring(0, end.indexOf('(')));
  }

  @Test
  void aProgramWithoutFlowsLoadsNeitherTheStoreNorTheCommandLineLibrary() throws Exception {
    Files.writeString(directory.resolve("plain.java"), "void main() { IO.println(1); }");
    Path log = directory.resolve("classes.log");
    Command.Result ran =
        command("run", "plain.java")
            .env("PENSTOCK_JAVA_OPTS", "-XX:AOTMode=off -Xlog:class+load:file=" + log)
            .run();
    assertThat(ran.out()).isEqualTo("1\n");
    assertThat(log)
        .content()
        .contains("dev.penstock.cli.ProgramRun ")
        .doesNotContain("picocli.", "dev.penstock.flow.store.Store ", "org.sqlite.");
  }
}
