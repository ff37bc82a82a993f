package dev.penstock.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.ConnectionName;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.testkit.FaultProxy;
import dev.penstock.testkit.MemorySource;
import dev.penstock.testkit.Postgres;
import dev.penstock.testkit.Restarts;
import dev.penstock.testkit.TestRecords.Item;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A database behind lines that are late and slow, and cut wherever a message is just then.
@Timeout(120)
class JdbcNetworkTest {
  private static final int CUTS = 6;

  @Test
  void each_row_is_there_once_and_is_read_once() throws Exception {
    List<Item> items = Item.list(8_000);
    String url = Postgres.newDatabase("lines");
    try (FaultProxy proxy =
        FaultProxy.to(Postgres.port())
            .delay(Duration.ofMillis(1))
            .throttle(20_000_000)
            .cutEvery(40_000, CUTS)) {
      ConnectionName faulty =
          new ConnectionName(url.replace(":" + Postgres.port(), ":" + proxy.port()));
      Restarts.untilDone(
          Pipeline.from(MemorySource.of(items))
              .to(Jdbc.table(faulty, "items", Item.class).create())
              .resumable("lines", Steps.commitEvery(400, Steps.within(Duration.ofSeconds(5)))));
      assertThat(proxy.cuts()).isEqualTo(CUTS);
      proxy.cutEvery(100_000, 3);
      Restarts.untilDone(
          Pipeline.from(Jdbc.read(faulty, "items", Item.class).orderedBy("id"))
              .to(Jdbc.table(new ConnectionName(url), "copy", Item.class).create())
              .resumable("copy", Steps.commitEvery(400, Steps.within(Duration.ofSeconds(5)))));
      assertThat(proxy.cuts()).isEqualTo(CUTS + 3);
    }
    for (String table : List.of("items", "copy")) {
      assertThat(
              Pipeline.from(Jdbc.read(new ConnectionName(url), table, Item.class).orderedBy("id"))
                  .toList())
          .isEqualTo(items);
    }
  }
}
