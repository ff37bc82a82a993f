package dev.penstock.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.position.KeptPosition;
import dev.penstock.data.position.PositionStore;
import dev.penstock.data.position.PositionStores;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Positions in directories, seen from outside.
class FilesPositionsTest {
  record Number(int n) {}

  @TempDir Path directory;

  @Test
  void theyAreSeenAndForgotten() throws Exception {
    Path target = Files.createDirectory(directory.resolve("lake"));
    Files.writeString(directory.resolve("in.jsonl"), "{\"n\":1}\n{\"n\":2}\n");
    RunnablePipeline run =
        Pipeline.from(JsonLines.read(directory.resolve("in.jsonl"), Number.class))
            .to(JsonLines.files(Number.class, target))
            .resumable("numbers");
    try (PositionStore store = PositionStores.find(target.toString()).orElseThrow()) {
      assertThat(store.positions()).isEmpty();
      store.forget("numbers");
      assertThat(target).isEmptyDirectory();
      run.run();
      assertThat(store.positions())
          .singleElement()
          .satisfies(kept -> {
            assertThat(kept.pipeline()).isEqualTo("numbers");
            assertThat(kept.split()).contains("in.jsonl");
            assertThat(kept.position()).isNotBlank();
            assertThat(kept.commits()).isPositive();
          });
      assertThat(run.run().in()).isZero();
      store.forget("numbers");
      assertThat(store.positions()).extracting(KeptPosition::pipeline).isEmpty();
    }
    assertThat(run.run().in()).isEqualTo(2);
    assertThat(PositionStores.find(directory.resolve("no").toString())).isEmpty();
  }
}
