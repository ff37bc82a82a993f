package dev.penstock.http;

import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.testkit.SourceContract;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// The items of an API of several pages that lead from one to the next.
class HttpSourceContractTest extends SourceContract<HttpSourceContractTest.Count> {
  private static final int PAGE = 7;
  private static final int ALL = 40;
  private ApiServer server;

  record Count(String room, long count) {}

  @BeforeAll
  static void warmUp() throws Exception {
    ApiTest.warmUp();
  }

  @BeforeEach
  void serve() throws Exception {
    server = new ApiServer();
    server.always((exchange, asked) -> {
      if (asked.path().equals("/bad")) {
        ApiServer.send(
            exchange,
            200,
            "[{\"room\":\"A\",\"count\":1},17,{\"room\":\"B\",\"count\":\"many\"},{\"room\":\"C\",\"count\":3}]"
                .getBytes());
        return;
      }
      int from = Integer.parseInt(asked.query().getOrDefault("from", "0"));
      int to = Math.min(ALL, from + PAGE);
      String items =
          IntStream.range(from, to)
              .mapToObj(i -> "{\"room\":\"r%d\",\"count\":%d,\"more\":{}}".formatted(i, i))
              .collect(Collectors.joining(","));
      String next = to < ALL ? ",\"next\":\"/counts?from=" + to + "\"" : "";
      ApiServer.send(exchange, 200, ("{\"data\":[" + items + "]" + next + "}").getBytes());
    });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected Source<Count> source() {
    return Http.pages(server.url("/counts"))
        .nextLinkAt("/next")
        .itemsAt("/data")
        .items(Count.class);
  }

  @Override
  protected List<Count> expected() {
    return IntStream.range(0, ALL).mapToObj(i -> new Count("r" + i, i)).toList();
  }

  @Override
  protected Set<Trait> capabilities() {
    return Set.of(Trait.SEEKABLE, Trait.BOUNDED);
  }

  @Override
  protected Optional<BadRecords<Count>> badRecords() {
    return Optional.of(
        new BadRecords<>(
            Http.pages(server.url("/bad")).items(Count.class),
            List.of(new Count("A", 1), new Count("C", 3)),
            2));
  }
}
