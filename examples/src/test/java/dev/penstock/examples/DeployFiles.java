package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What is in `deploy`, read by its tests.
final class DeployFiles {
  private DeployFiles() {}

  static Path of(String file) {
    return Checkout.real().root().resolve("deploy").resolve(file);
  }

  static Map<?, ?> yaml(Path file) throws IOException {
    return (Map<?, ?>)
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
  }

  /// Holds that the penstock command takes these words.
  static void assertCommand(List<?> words) throws Exception {
    Command.Result result =
        Checkout.packaged()
            .with(words.stream().map(Object::toString).toArray(String[]::new))
            .with("--help")
            .run();
    assertThat(result.exit()).as("%s: %s", words, result.err()).isZero();
  }
}
