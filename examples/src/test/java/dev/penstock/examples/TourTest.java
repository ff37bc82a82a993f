package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The tour is walked from its first line to its last: its files are written, its commands are run
/// one after the other, in one directory, and each must print what the page says.
class TourTest {
  private static final Path PAGE = Checkout.real().root().resolve("docs/tour.md");

  @TempDir private Path directory;
  private final List<Process> behind = new ArrayList<>();

  @BeforeEach
  void build() throws IOException {
    Checkout built = Checkout.built(Files.createDirectory(directory.resolve("checkout")));
    Files.createDirectory(directory.resolve("tour"));
    Files.createSymbolicLink(directory.resolve("tour/penstock"), built.root().resolve("penstock"));
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : behind) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      process.waitFor();
    }
  }

  @TestFactory
  Stream<DynamicTest> eachStepDoesWhatThePageSays() throws IOException {
    List<TourStep> steps = TourStep.in(Files.readString(PAGE));
    assertThat(steps).hasSizeGreaterThan(20);
    return steps.stream().map(step -> dynamicTest(step.title(), () -> take(step)));
  }

  private void take(TourStep step) throws Exception {
    switch (step) {
      case TourStep.Write(String file, String text) ->
          Files.writeString(directory.resolve("tour").resolve(file), text);
      case TourStep.Run run when run.isBehind() -> behind.add(shell(run.command()).start());
      case TourStep.Run run -> {
        Command.Result result = shell("{ " + run.command() + "; } 2>&1").run();
        String printed = result.out() + (result.exit() == 0 ? "" : "exit " + result.exit());
        assertThat(run.showed(printed))
            .as("$ %s\nprinted\n%s\nbut the page says\n%s", run.command(), printed, run.output())
            .isTrue();
      }
    }
  }

  private Command shell(String command) {
    return new Command(
        List.of("bash", "-c", command.replaceAll(" &$", "")),
        directory.resolve("tour"),
        Map.of("PENSTOCK_HOME", directory.resolve("home").toString()));
  }
}
