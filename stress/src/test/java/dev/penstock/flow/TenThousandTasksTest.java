package dev.penstock.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many tasks in little memory.
class TenThousandTasksTest {
  @TempDir private Path directory;

  @Test
  void tenThousandTasksOfOneFlowNeedNoMoreMemoryThanAFew() throws Exception {
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TenThousandTasks.class.getName(),
                directory.toString())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    System.out.printf(
        "%,d tasks in one process of 32 MB: %.1f s%n",
        TenThousandTasks.TASKS, (System.nanoTime() - begun) / 1e9);
    try (Store store = Store.open(StoreUrl.file(directory.resolve("store.db")))) {
      assertThat(store.search().taskStates(Files.readString(output).strip()))
          .isEqualTo(Map.of(StateName.COMPLETED, TenThousandTasks.TASKS));
    }
  }
}
