package dev.penstock.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.worker.CodeUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarFilesTest {
  @TempDir private Path directory;
  private Path origin;
  private JarFiles jars;
  private DeployedCode.Jar jar;

  @BeforeEach
  void write() throws IOException {
    origin = Files.writeString(directory.resolve("jobs.jar"), "old");
    jars = new JarFiles(directory.resolve("kept"));
    jar = new DeployedCode.Jar("v", origin.toString(), JarFiles.hash(origin), "Jobs");
  }

  @Test
  void aJarThatWasKeptIsThereAfterItWasBuiltAnew() throws Exception {
    assertThat(jars.get(jar)).hasContent("old");
    Files.writeString(origin, "new");
    assertThat(jars.get(jar)).hasContent("old");
  }

  @Test
  void aJarThatHasChangedBeforeItWasKeptIsNotTaken() throws Exception {
    Files.writeString(origin, "new");
    assertThatThrownBy(() -> jars.get(jar))
        .isInstanceOf(CodeUnavailable.class)
        .hasMessageContaining("has changed since it was deployed");
    Files.delete(origin);
    assertThatThrownBy(() -> jars.get(jar))
        .isInstanceOf(CodeUnavailable.class)
        .hasMessageContaining("there is no jar " + origin);
  }
}
