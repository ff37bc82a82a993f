package dev.penstock.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.ConnectionName;
import dev.penstock.files.JsonLines;
import dev.penstock.files.Parquet;
import dev.penstock.objects.StoreLocation;
import dev.penstock.pipeline.Pipeline;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Against the service itself: a table is made, filled, read and merged in the dataset
/// `penstock_test` of the project that `-Dpenstock.bigquery=bigquery://PROJECT?credentials=FILE`
/// names.
@EnabledIfSystemProperty(named = "penstock.bigquery", matches = "bigquery://.+")
class BigQueryServiceTest {
  record Card(String id, long number, Instant at) {}

  record Loose(@Nullable String id, @Nullable Long number) {}

  private final ConnectionName connection =
      new ConnectionName(System.getProperty("penstock.bigquery", ""));
  private final String suffix = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

  @Test
  void rowsGoInAndComeOutAndAreMerged() throws Exception {
    String name = "penstock_test.card_" + suffix;
    BigQueryTable table = BigQuery.table(connection, name);
    assertThat(table.create(Card.class)).isTrue();
    assertThat(table.create(Card.class)).isFalse();
    try {
      Instant at = Instant.parse("2026-01-01T00:00:00.123456Z");
      List<Card> cards = List.of(new Card("a", 1, at), new Card("b", 2, at));
      assertThat(table.insert(cards).rows()).allMatch(InsertedRow::isIn);
      assertThat(table.insert(List.of(new Loose("c", null))).rows()).noneMatch(InsertedRow::isIn);
      assertThat(
              Pipeline.from(
                      BigQuery.query(
                          connection, "SELECT * FROM `" + name + "` ORDER BY id", Card.class))
                  .toList())
          .isEqualTo(cards);
      String other = name + "_all";
      BigQuery.execute(
          connection,
          "CREATE TABLE `%s` AS SELECT 'a' AS id, 7 AS number, TIMESTAMP '2026-01-02 00:00:00+00' AS at"
              .formatted(other));
      assertThat(BigQuery.table(connection, other).merge(table, Card.class, "id")).isEqualTo(2);
      assertThat(
              Pipeline.from(
                      BigQuery.query(
                          connection, "SELECT * FROM `" + other + "` ORDER BY id", Card.class))
                  .toList())
          .isEqualTo(cards);
    } finally {
      BigQuery.execute(connection, "DROP TABLE IF EXISTS `" + name + "_all`");
      BigQuery.execute(connection, "DROP TABLE IF EXISTS `" + name + "`");
    }
  }

  /// By files in the bucket that `-Dpenstock.gcs=gs://BUCKET` names, which stay there.
  @Test
  @EnabledIfSystemProperty(named = "penstock.gcs", matches = "gs://.+")
  void rowsAreLoadedByFilesInABucket() throws Exception {
    String name = "penstock_test.loaded_" + suffix;
    BigQueryTable table = BigQuery.table(connection, name);
    StoreLocation staging =
        StoreLocation.of(System.getProperty("penstock.gcs", "gs://none"))
            .at("penstock-test-" + suffix);
    Instant at = Instant.parse("2026-01-01T00:00:00.123456Z");
    Card second = new Card("b", 2, at);
    try {
      Pipeline.of(new Card("a", 1, at), second)
          .to(table.load(Card.class, JsonLines.files(Card.class, staging.at("json"))))
          .run();
      Card third = new Card("a", 3, at);
      Pipeline.of(new Card("a", 2, at), third)
          .to(
              table
                  .load(Card.class, Parquet.files(Card.class, staging.at("parquet")))
                  .upsert("id")
                  .latestBy("number"))
          .run();
      assertThat(
              Pipeline.from(
                      BigQuery.query(
                          connection, "SELECT * FROM `" + name + "` ORDER BY id", Card.class))
                  .toList())
          .containsExactly(third, second);
    } finally {
      BigQuery.execute(connection, "DROP TABLE IF EXISTS `" + name + "`");
    }
  }
}
