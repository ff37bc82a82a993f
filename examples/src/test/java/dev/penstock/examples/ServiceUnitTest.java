package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The units in `deploy/systemd`, held by systemd itself where it is installed.
class ServiceUnitTest {
  private static final List<String> UNITS =
      List.of("penstock-server.service", "penstock-worker@.service");

  @TempDir private Path directory;

  @Test
  void systemdFindsNoFault() throws Exception {
    if (!Files.isExecutable(Path.of("/usr/bin/systemd-analyze"))) {
      Skip.because("there is no systemd-analyze");
    }
    String launcher = Checkout.real().root().resolve("penstock").toString();
    for (String unit : UNITS) {
      Path file = directory.resolve(unit);
      Files.writeString(file, text(unit).replace("/opt/penstock/penstock", launcher));
      Command.Result result =
          Command.of("/usr/bin/systemd-analyze", "verify", "--man=no", file.toString()).run();
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void theyStartCommandsThatThereAre() throws Exception {
    for (String unit : UNITS) {
      String start =
          text(unit)
              .lines()
              .filter(line -> line.startsWith("ExecStart="))
              .findFirst()
              .orElseThrow();
      List<String> words = List.of(start.split(" "));
      assertThat(words.getFirst()).isEqualTo("ExecStart=/opt/penstock/penstock");
      DeployFiles.assertCommand(words.subList(1, words.size()));
    }
  }

  private static String text(String unit) throws IOException {
    return Files.readString(DeployFiles.of("systemd").resolve(unit));
  }
}
