package dev.penstock.pipeline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Runs the other classes of this module, each a jcstress test, in a JVM of its own that starts
/// more of them. The short form makes some thousands of runs of each; `-Dpenstock.long=true` takes
/// minutes, with several ways to compile.
///
/// Threads that a hand-off starts are none of jcstress's actors, so that it would pin most of these
/// tests to one processor; `-af NONE` gives them all.
class StressTest {
  private static final List<String> SHORT =
      List.of(
          ("-f 1 -fsm 0 -iters 1 -time 100 -strideSize 10 -strideCount 10 -sc false -af NONE"
                  + " -jvmArgs -Xmx256m")
              .split(" "));
  private static final List<String> LONG =
      List.of("-m", "default", "-af", "NONE", "-strideSize", "10", "-strideCount", "10");

  @Test
  void no_forbidden_outcome_is_seen() throws Exception {
    Path target = Path.of("target").toAbsolutePath();
    Path output = target.resolve("jcstress.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main",
                "-r",
                target.resolve("jcstress").toString()));
    command.addAll(Boolean.getBoolean("penstock.long") ? LONG : SHORT);
    Process process =
        new ProcessBuilder(command)
            .directory(target.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended =
          process.waitFor(Boolean.getBoolean("penstock.long") ? 60 : 15, TimeUnit.MINUTES);
      String said = Files.readString(output);
      assertThat(ended).as(said).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      assertThat(said).contains("Failed tests: No matches.", "Error tests: No matches.");
      assertThat(said).as("tests that ran").containsPattern("remaining tests: [1-9]");
    } finally {
      process.destroyForcibly();
    }
  }
}
