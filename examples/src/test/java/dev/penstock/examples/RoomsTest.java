package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pipelines of the rooms, by the command, against a real broker and a real database.
class RoomsTest {
  @TempDir private static Path shared;
  private static Checkout checkout;

  @TempDir private Path directory;

  @BeforeAll
  static void build() throws IOException {
    checkout = Checkout.built(shared);
    for (String part : List.of("examples", "testkit")) {
      Files.createSymbolicLink(checkout.root().resolve(part), Checkout.real().root().resolve(part));
    }
  }

  @Test
  void one_command_brings_them_up_and_all_that_is_published_is_stored_and_counted()
      throws Exception {
    Command.Result result = example("--messages", "20000", "--output", "json").run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo("{\"produced\":20000,\"stored\":20000,\"counted\":20000}\n");
    assertThat(Files.readString(directory.resolve("reckoning.out"))).contains("\"CANCELLED\"");
    assertThat(Files.readString(directory.resolve("coldstorage.out"))).contains("\"CANCELLED\"");
    try (Stream<Path> files = Files.walk(directory.resolve("s3/roomscounts"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(file.toString())
                  .contains("/env=dv/source=rooms/subsrc=midgar/kind=raw/yr="));
    }
    assertNothingRuns();
  }

  @Test
  void SIGTERM_stops_all_also_while_it_starts() throws Exception {
    Process example = example().start();
    try (BufferedReader said = example.errorReader()) {
      String line = said.readLine();
      while (line != null && !line.startsWith("its runs in the browser")) {
        line = said.readLine();
      }
      assertThat(line).isNotNull();
      example.toHandle().destroy();
      assertThat(example.waitFor()).isEqualTo(143);
      assertThat(said.readLine()).isNull();
    }
    assertNothingRuns();
  }

  private Command example(String... options) {
    return checkout.penstock("example", "rooms", "--directory", directory.toString()).with(options);
  }

  /// Every process of the example has its directory in its environment.
  private void assertNothingRuns() throws IOException {
    byte[] home = ("PENSTOCK_HOME=" + directory.toRealPath()).getBytes(StandardCharsets.UTF_8);
    String sought = new String(home, StandardCharsets.ISO_8859_1);
    assertThat(
            ProcessHandle.allProcesses()
                .filter(process -> environment(process.pid()).contains(sought))
                .map(process -> process.info().toString()))
        .isEmpty();
  }

  private static String environment(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // gone, or of somebody else
    }
  }

  @Test
  void they_write_their_imports() throws Exception {
    for (String example :
        List.of("gendata.java", "reckoning.java", "coldstorage.java", "watch.java")) {
      assertThat(checkout.penstock("imports", program(example)).run().out())
          .endsWith(" has all its imports\n");
    }
  }

  private static String program(String name) {
    return Checkout.real().root().resolve("examples/rooms").resolve(name).toString();
  }
}
