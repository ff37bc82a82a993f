package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.BigQueryStub;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `examples/cards.java` against an API that limits and fails, and a stub of BigQuery.
class CardsTest {
  private static final Path EXAMPLE = Checkout.real().root().resolve("examples/cards.java");
  private static final String FIELDS =
      """
      [{"name":"id","type":"STRING","mode":"REQUIRED"},{"name":"name","type":"STRING"},
       {"name":"set","type":"STRING"},{"name":"fetched_at","type":"TIMESTAMP"}]\
      """;

  @TempDir private static Path shared;
  private static Checkout checkout;

  @TempDir private Path directory;

  @BeforeAll
  static void build() throws Exception {
    checkout = Checkout.built(shared);
  }

  private Command.Result run(CardServer api, BigQueryStub bigquery) throws Exception {
    return checkout
        .penstock("run", EXAMPLE.toString(), "--param", "api=" + api.url())
        .in(directory)
        .env("PENSTOCK_HOME", directory.resolve("home").toString())
        .env("PENSTOCK_CONNECTION_BIGQUERY", bigquery.connection())
        .run();
  }

  @Test
  void everyCardIsInTheTableOnce() throws Exception {
    try (CardServer api = new CardServer();
        BigQueryStub bigquery = new BigQueryStub().table("ingestion", "pokemon_card", FIELDS)) {
      Command.Result result = run(api, bigquery);
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(bigquery.rows("ingestion", "pokemon_card"))
          .extracting(row -> row.text("/id"))
          .doesNotHaveDuplicates()
          .hasSize(CardServer.CARDS);
      assertThat(api.failed()).isPositive();
      assertThat(api.tooMany()).isZero();
    }
  }

  @Test
  void aCardThatIsRefusedFailsTheRunAtItsEnd() throws Exception {
    try (CardServer api = new CardServer();
        BigQueryStub bigquery = new BigQueryStub().table("ingestion", "pokemon_card", FIELDS)) {
      api.nameless = 17;
      Command.Result result = run(api, bigquery);
      assertThat(result.exit()).isNotZero();
      assertThat(result.err())
          .contains("Card[id=null, name=Card 17, set=base2")
          .contains("field \"id\": Missing required field: id. (invalid)");
      assertThat(bigquery.rows("ingestion", "pokemon_card")).hasSize(CardServer.CARDS - 1);
    }
  }
}
