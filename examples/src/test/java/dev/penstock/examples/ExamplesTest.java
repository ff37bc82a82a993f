package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every example program prints what its golden file says, with the command and with plain `java`.
class ExamplesTest {
  private static final Set<String> NEED_A_SERVER =
      Set.of(
          "cards.java",
          "gcs_to_bigquery.java",
          "reverse_etl.java",
          "web_to_gcs.java",
          "web_to_lake.java");

  private static final Path EXAMPLES = Checkout.real().root().resolve("examples");

  @TempDir private static Path shared;
  private static Checkout checkout;

  @TempDir private Path directory;

  @BeforeAll
  static void build() throws IOException {
    checkout = Checkout.built(shared);
  }

  @BeforeEach
  void copyData() throws IOException {
    Path data = Files.createDirectories(directory.resolve("examples/data"));
    for (Path file : files(EXAMPLES.resolve("data"), "")) {
      Files.copy(file, data.resolve(file.getFileName()));
    }
  }

  private static List<Path> files(Path directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  static List<String> examples() throws IOException {
    return files(EXAMPLES, ".java").stream().map(file -> file.getFileName().toString()).toList();
  }

  /// Those that need no server; the others have a test of their own.
  static List<String> programs() throws IOException {
    return examples().stream().filter(example -> !NEED_A_SERVER.contains(example)).toList();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void theCommandRunsIt(String example) throws Exception {
    Command.Result result =
        checkout
            .penstock("run", EXAMPLES.resolve(example).toString(), "--quiet")
            .in(directory)
            .env("PENSTOCK_HOME", directory.resolve("home").toString())
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    Golden.assertMatches("example-" + example.replace(".java", ""), result.out());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void plainJavaRunsIt(String example) throws Exception {
    Command.Result result =
        Command.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                checkout.lib() + "/*",
                EXAMPLES.resolve(example).toString())
            .in(directory)
            .env("PENSTOCK_HOME", directory.resolve("home").toString())
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    Golden.assertMatches("example-" + example.replace(".java", ""), result.out());
  }

  /// What is shown to be copied must not lean on the imports that the command puts in.
  @ParameterizedTest
  @MethodSource("examples")
  void itWritesItsImports(String example) throws Exception {
    assertThat(
            checkout
                .penstock("imports", EXAMPLES.resolve(example).toString())
                .in(Checkout.real().root())
                .run()
                .out())
        .endsWith(" has all its imports\n");
  }
}
