package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `penstock run` in processes of its own.
class RunCommandTest {
  @TempDir private static Path shared;
  private static Checkout checkout;

  @TempDir private Path directory;

  @BeforeAll
  static void build() throws IOException {
    checkout = Checkout.built(shared);
  }

  private Path program(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private Command command(String... arguments) {
    return checkout
        .penstock(arguments)
        .in(directory)
        .env("PENSTOCK_HOME", directory.resolve("home").toString());
  }

  private Command.Result run(String... arguments) throws Exception {
    return command("run").with(arguments).run();
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("home/cache"))) {
      return files.toList();
    }
  }

  @Test
  void aProgramIsCompiledOnceForEachOfItsVersions() throws Exception {
    program("a.java", "void main() { IO.println(1); }");
    assertThat(run("a.java")).isEqualTo(new Command.Result(0, "1\n", ""));
    assertThat(run("a.java")).isEqualTo(new Command.Result(0, "1\n", ""));
    assertThat(kept()).hasSize(1);
    program("a.java", "void main() { IO.println(2); }");
    assertThat(run("a.java")).isEqualTo(new Command.Result(0, "2\n", ""));
    assertThat(kept()).hasSize(2);
  }

  @Test
  void manyFirstRunsAtOnceDoNotDisturbEachOther() throws Exception {
    program("a.java", "record R(int a) {}\nvoid main() { IO.println(new R(1)); }");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      processes.add(command("run", "a.java").start());
    }
    for (Process process : processes) {
      assertThat(Command.await(process)).isEqualTo(new Command.Result(0, "R[a=1]\n", ""));
    }
    assertThat(kept()).hasSize(1);
  }

  @Test
  void aHomeThatCannotBeWrittenIsNotedAndDoesNotStopTheRun() throws Exception {
    program("a.java", "void main() { IO.println(1); }");
    Path file = program("file", "");
    Command.Result result = command("run", "a.java").env("PENSTOCK_HOME", file.toString()).run();
    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("1\n");
    assertThat(result.err()).startsWith("note: the compiled program could not be kept");
  }

  @Test
  void aFailedProgramShowsItsMessageAndTheUsersFrames() throws Exception {
    program(
        "boom.java",
        """
        void main() {
            Stream.of(1).map(this::half).forEach(IO::println);
        }

        int half(int x) {
            try {
                return x / 0;
            } catch (ArithmeticException e) {
                throw new IllegalStateException("cannot halve " + x, e);
            }
        }
        """);
    Command.Result result = run("boom.java");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    Golden.assertMatches("failed-program", withoutTimes(result.err()));
    assertThat(run("boom.java", "--stacktrace").err())
        .contains("java.util.stream")
        .contains("Caused by: java.lang.ArithmeticException: / by zero");
  }

  private static String withoutTimes(String text) {
    return text.replaceAll("in [0-9.]+ s", "in TIME");
  }

  @Test
  void aProgramThatDoesNotCompileFails() throws Exception {
    program("bad.java", "void main() {\n    int x = \"one\";\n}\n");
    Command.Result result = run("bad.java");
    assertThat(result.exit()).isEqualTo(1);
    Golden.assertMatches("bad-program", result.err());
  }

  @Test
  void wrongUsageIsTold() throws Exception {
    program("plain.java", "void main() { IO.println(\"started\"); }");
    assertThat(run("nowhere.java"))
        .isEqualTo(new Command.Result(2, "", "no such file: nowhere.java\n"));
    assertThat(run("plain.java", "--classpath", "x.jar:y.jar"))
        .isEqualTo(
            new Command.Result(
                2, "", "--classpath: no such file: x.jar\n--classpath: no such file: y.jar\n"));
    assertThat(run("plain.java", "--param", "a=b"))
        .isEqualTo(
            new Command.Result(
                2,
                "",
                "plain.java takes no parameters: it calls neither parameters(…) nor runFlow(…), so --param is refused\n"));
    assertThat(run("plain.java", "--output", "xml").exit()).isEqualTo(2);
    assertThat(run("plain.java", "--ouput", "json").err()).contains("--output");
    assertThat(run().exit()).isEqualTo(2);
    assertThat(command().run().exit()).isEqualTo(2);
  }

  @Test
  void parametersAreCheckedBeforeTheProgramStarts() throws Exception {
    program(
        "load.java",
        """
        record Load(@Default("trips") String table, int limit) {}

        void main() {
            IO.println("started");
            IO.println(parameters(Load.class));
        }
        """);
    Command.Result result = run("load.java", "--param", "tabel=x", "--param", "limit=many");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    Golden.assertMatches("refused-parameters", result.err());
    assertThat(run("load.java", "--param", "limit=3"))
        .isEqualTo(new Command.Result(0, "started\nLoad[table=trips, limit=3]\n", ""));
  }

  @Test
  void argumentsReachTheProgram() throws Exception {
    program("args.java", "void main(String[] args) { IO.println(String.join(\"|\", args)); }");
    assertThat(run("args.java", "a", "--", "--param", "b c").out()).isEqualTo("a|--param|b c\n");
  }

  @Test
  void jarsCanBeAdded() throws Exception {
    Path source = Files.createDirectories(directory.resolve("lib")).resolve("Greeting.java");
    Files.writeString(
        source, "package greet; public class Greeting { public String text() { return \"hi\"; } }");
    Path classes = directory.resolve("classes");
    assertThat(tool("javac", "-d", classes.toString(), source.toString())).isZero();
    assertThat(
            tool(
                "jar",
                "cf",
                directory.resolve("greet.jar").toString(),
                "-C",
                classes.toString(),
                "."))
        .isZero();
    program("use.java", "void main() { IO.println(new greet.Greeting().text()); }");
    assertThat(run("use.java", "--classpath", "greet.jar"))
        .isEqualTo(new Command.Result(0, "hi\n", ""));
  }

  private static int tool(String name, String... arguments) {
    return ToolProvider.findFirst(name).orElseThrow().run(System.out, System.err, arguments);
  }

  @Test
  void theProgramsOwnExitCodeStands() throws Exception {
    program("exit.java", "void main() { IO.println(1); System.exit(7); }");
    assertThat(run("exit.java")).isEqualTo(new Command.Result(7, "1\n", ""));
  }

  @Test
  void threadsThatMainLeavesRunningAreWaitedFor() throws Exception {
    program(
        "threads.java",
        """
        void main() {
            var gate = new java.util.concurrent.CountDownLatch(1);
            Thread.ofPlatform().start(() -> {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                }
                IO.println("late");
            });
            Thread.ofPlatform().daemon().start(gate::countDown);
        }
        """);
    Command.Result result = run("threads.java", "--output", "json");
    assertThat(result.out().lines()).hasSize(2).first().isEqualTo("late");
  }

  @Test
  void jsonIsTheLastLineOfStandardOutput() throws Exception {
    program("a.java", "void main() { IO.print(1); }");
    Command.Result result = run("a.java", "--output", "json");
    assertThat(result.err()).isEmpty();
    Golden.assertMatches("json-without-pipelines", withoutMillis(result.out()));
    program("bad.java", "void main() { throw new IllegalStateException(\"no \\\"luck\\\"\"); }");
    Command.Result failed = run("bad.java", "--output", "json");
    assertThat(failed.exit()).isEqualTo(1);
    Golden.assertMatches("json-failed", withoutMillis(failed.out()));
    program("worse.java", "void main() { x }");
    Command.Result refused = run("worse.java", "--output", "json");
    assertThat(refused.lastLine()).startsWith("{\"state\":\"FAILED\"");
  }

  private static String withoutMillis(String text) {
    return text.replaceAll("\"elapsedMillis\":[0-9]+", "\"elapsedMillis\":0");
  }

  @Test
  void anInterruptedProgramEndsAsCancelled() throws Exception {
    program(
        "wait.java",
        """
        void main() throws Exception {
            IO.println("ready");
            Thread.sleep(60_000);
        }
        """);
    Process process = command("run", "wait.java").start();
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
    Command.Result result = Command.await(process);
    assertThat(result.exit()).isEqualTo(130);
    assertThat(withoutTimes(result.err()))
        .isEqualTo("stopping; once more to stop at once\nCancelled in TIME\n");
  }

  @Test
  void aSecondInterruptStopsAProgramThatHeedsNone() throws Exception {
    program(
        "deaf.java",
        """
        void main() {
            IO.println("ready");
            while (true) {
                Thread.onSpinWait();
            }
        }
        """);
    Process process = command("run", "deaf.java").start();
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
    assertThat(process.errorReader().readLine()).isEqualTo("stopping; once more to stop at once");
    assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
    assertThat(Command.await(process).exit()).isEqualTo(130);
  }

  @Test
  void importsAreWrittenIntoTheFile() throws Exception {
    program("a.java", "void main() { IO.println(connection(\"x\")); }\n");
    assertThat(command("imports", "a.java").run())
        .isEqualTo(
            new Command.Result(
                0, "written into a.java:\nimport static dev.penstock.Penstock.*;\n", ""));
    assertThat(command("imports", "a.java").run().out()).isEqualTo("a.java has all its imports\n");
    Command.Result plain =
        Command.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                checkout.lib() + "/*",
                "a.java")
            .in(directory)
            .run();
    assertThat(plain).isEqualTo(new Command.Result(0, "x\n", ""));
  }
}
