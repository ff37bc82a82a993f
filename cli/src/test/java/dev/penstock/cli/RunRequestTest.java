package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cli.session.Session;
import dev.penstock.testkit.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RunRequestTest {
  private static final List<String> WORDS =
      List.of(
          "a.java",
          "b",
          "--",
          "--param",
          "x=1",
          "y",
          "--param=z=2",
          "--output",
          "--output=json",
          "--output=text",
          "json",
          "--quiet",
          "--stacktrace",
          "-h",
          "--classpath",
          "a.jar",
          "",
          "\"q",
          "--param",
          "p=\"1 2\"",
          "@file",
          "-x",
          "a=-1");

  private static Optional<RunRequest> full(String... words) {
    CommandLine.ParseResult parsed;
    try {
      parsed = PenstockCommand.commandLine(Session.ofProcess(), words).parseArgs(words);
    } catch (CommandLine.ParameterException e) {
      return Optional.empty();
    }
    if (!(parsed.subcommand().commandSpec().userObject() instanceof RunCommand command)
        || parsed.subcommand().isUsageHelpRequested()) {
      return Optional.empty();
    }
    return Optional.of(command.request());
  }

  /// The short way must never mean anything else than the long one.
  @Test
  void whatIsReadTheShortWayIsWhatTheCommandLineMeans() {
    long seed = Seed.of("command lines");
    Random random = new Random(seed);
    int plain = 0;
    for (int i = 0; i < 3_000; i++) {
      List<String> words = new ArrayList<>(List.of("run"));
      for (int n = random.nextInt(7); n > 0; n--) {
        words.add(WORDS.get(random.nextInt(WORDS.size())));
      }
      String[] line = words.toArray(String[]::new);
      Optional<RunRequest> quick = RunRequest.ofPlain(line);
      if (quick.isPresent()) {
        plain++;
        assertThat(full(line)).as("seed %s: %s", seed, words).isEqualTo(quick);
      }
    }
    assertThat(plain).as("plain lines of 3000").isGreaterThan(100);
  }

  @Test
  void theUsualLinesArePlain() {
    assertThat(RunRequest.ofPlain("run", "a.java")).isPresent();
    assertThat(RunRequest.ofPlain("run", "a.java", "--param", "a=b", "--output=json")).isPresent();
    assertThat(RunRequest.ofPlain("run", "a.java", "--help")).isEmpty();
    assertThat(RunRequest.ofPlain("imports", "a.java")).isEmpty();
    assertThat(RunRequest.ofPlain()).isEmpty();
  }
}
