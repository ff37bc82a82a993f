package dev.penstock.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.position.KeptPosition;
import dev.penstock.data.position.PositionStore;
import dev.penstock.data.position.PositionStores;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.testkit.MemorySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Positions in databases, seen from outside.
class JdbcPositionsTest {
  record Number(int n) {}

  @TempDir Path directory;

  private void lookAndForget(String url) throws Exception {
    try (PositionStore empty = PositionStores.find(url).orElseThrow()) {
      assertThat(empty.positions()).isEmpty();
      empty.forget("a");
      assertThat(empty.positions()).isEmpty();
    }
    MemorySource<Number> source = MemorySource.of(List.of(new Number(1), new Number(2)));
    RunnablePipeline run =
        Pipeline.from(source)
            .to(Jdbc.table(new ConnectionName(url), "numbers", Number.class).create());
    run.resumable("a").run();
    run.resumable("b").run();
    try (PositionStore store = PositionStores.find(url).orElseThrow()) {
      List<KeptPosition> kept = store.positions();
      assertThat(kept).extracting(KeptPosition::pipeline).containsExactly("a", "b");
      assertThat(kept).allSatisfy(each -> assertThat(each.position()).isNotBlank());
      store.forget("a");
      assertThat(store.positions()).extracting(KeptPosition::pipeline).containsExactly("b");
    }
    assertThat(run.resumable("b").run().in()).isZero();
    assertThat(run.resumable("a").run().in()).isEqualTo(2);
  }

  @Test
  void theyAreSeenAndForgottenInDuckDb() throws Exception {
    lookAndForget("jdbc:duckdb:" + directory.resolve("a.duckdb"));
  }

  @Test
  void theyAreSeenAndForgottenInSqlite() throws Exception {
    lookAndForget("jdbc:sqlite:" + directory.resolve("a.sqlite"));
  }

  @Test
  void whatIsNoDatabaseIsForOthers() throws Exception {
    assertThat(PositionStores.find("https://example.org/x")).isEmpty();
    assertThat(PositionStores.find("nobody-knows")).isEmpty();
    assertThat(PositionStores.find(Files.createFile(directory.resolve("x")).toString())).isEmpty();
  }
}
