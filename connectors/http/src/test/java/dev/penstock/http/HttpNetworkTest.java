package dev.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.testkit.FaultProxy;
import dev.penstock.testkit.MemoryTable;
import dev.penstock.testkit.Restarts;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An API behind lines that are late and slow, and cut wherever a request or a page is just then.
@Timeout(120)
class HttpNetworkTest extends ApiTest {
  private static final int PAGE = 50;
  private static final int ALL = 5_000;
  private static final int CUTS = 8;

  record Count(int id, String room) {}

  @Test
  void each_item_is_read_once() throws Exception {
    server.always((exchange, asked) -> {
      int from = Integer.parseInt(asked.query().getOrDefault("skip", "0"));
      String items =
          IntStream.range(from, Math.min(ALL, from + PAGE))
              .mapToObj(i -> "{\"id\":%d,\"room\":\"room %d\"}".formatted(i, i))
              .collect(Collectors.joining(",", "[", "]"));
      ApiServer.send(exchange, 200, items.getBytes());
    });
    MemoryTable<Count> table = new MemoryTable<>("counts");
    try (FaultProxy proxy =
        FaultProxy.to(server.port())
            .delay(Duration.ofMillis(1))
            .throttle(20_000_000)
            .cutEvery(15_000, CUTS)) {
      Restarts.untilDone(
          Pipeline.from(
                  Http.pages("http://127.0.0.1:" + proxy.port() + "/counts")
                      .offsetParameter("skip")
                      .items(Count.class))
              .to(table)
              .resumable("counts", Steps.commitEvery(70, Steps.within(Duration.ofSeconds(5)))));
      assertThat(proxy.cuts()).isEqualTo(CUTS);
    }
    assertThat(table.content())
        .isEqualTo(IntStream.range(0, ALL).mapToObj(i -> new Count(i, "room " + i)).toList());
    assertThat(table.violations()).isEmpty();
  }
}
