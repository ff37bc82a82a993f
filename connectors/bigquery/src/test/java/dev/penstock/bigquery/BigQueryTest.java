package dev.penstock.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.JsonValue;
import dev.penstock.data.Row;
import dev.penstock.data.Secret;
import dev.penstock.data.auth.ServiceAccount;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.pipeline.plan.Retry;
import dev.penstock.testkit.BigQueryStub;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Against a stub that answers as the published description of the REST interface says.
@Timeout(180)
class BigQueryTest {
  record Point(int x, double y) {}

  record Card(
      String id,
      long number,
      @Nullable Double price,
      BigDecimal exact,
      LocalDate day,
      Instant at,
      boolean rare,
      byte[] raw,
      Point where,
      List<String> tags) {}

  record Small(String id, int n) {}

  private static final String SMALL =
      "[{\"name\":\"id\",\"type\":\"STRING\",\"mode\":\"NULLABLE\"},{\"name\":\"n\",\"type\":\"INTEGER\",\"mode\":\"REQUIRED\"}]";

  private BigQueryStub stub;
  private ConnectionName connection;

  @BeforeEach
  void start() throws Exception {
    stub = new BigQueryStub();
    connection = new ConnectionName(stub.connection());
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @Test
  void aTableIsMadeFromARecordOnce() throws Exception {
    stub.dataset("ingestion");
    BigQueryTable table = BigQuery.table(connection, "ingestion.card");
    assertThat(table.create(Card.class)).isTrue();
    assertThat(table.create(Card.class)).isFalse();
    JsonValue fields =
        JsonValue.parse(stub.asked.getFirst().replaceFirst("[^{]*", ""))
            .at("/schema/fields")
            .orElseThrow();
    assertThat(fields.elements())
        .extracting(f -> f.text("/name") + " " + f.text("/type") + " " + f.text("/mode"))
        .containsExactly(
            "id STRING NULLABLE",
            "number INTEGER REQUIRED",
            "price FLOAT NULLABLE",
            "exact BIGNUMERIC NULLABLE",
            "day DATE NULLABLE",
            "at TIMESTAMP NULLABLE",
            "rare BOOLEAN REQUIRED",
            "raw BYTES NULLABLE",
            "where RECORD NULLABLE",
            "tags STRING REPEATED");
    assertThatThrownBy(() -> BigQuery.table(connection, "other.card").create(Card.class))
        .isInstanceOf(BigQueryFailed.class)
        .hasMessageContaining("making BigQuery.table(")
        .hasMessageContaining("Not found: Dataset test-project:other (404, notFound)");
  }

  @Test
  void eachRowHasItsResult() throws Exception {
    record Other(@Nullable String id, @Nullable Integer n) {}
    stub.table("d", "t", SMALL);
    InsertResult<Other> result =
        BigQuery.table(connection, "d.t")
            .insert(List.of(new Other("a", 1), new Other("b", null), new Other("c", 3)));
    assertThat(result.rows()).extracting(InsertedRow::isIn).containsExactly(true, false, true);
    assertThatThrownBy(() -> result.rows().get(1).orThrow())
        .isInstanceOf(RefusedRow.class)
        .hasMessage("Other[id=b, n=null]: field \"n\": Missing required field: n. (invalid)");
    assertThat(stub.rows("d", "t")).extracting(row -> row.text("/id")).containsExactly("a", "c");
    assertThat(BigQuery.table(connection, "d.t").<Other>insert(List.of()).rows()).isEmpty();
  }

  @Test
  void asAStepItIsTriedAgainAndAnIdKeepsRowsSingle() {
    stub.table("d", "t", SMALL).refuse(503, "backendError").refuse(403, "rateLimitExceeded");
    BigQueryTable table = BigQuery.table(connection, "d.t").insertId(Small.class, Small::id);
    List<String> ids =
        Pipeline.of(new Small("a", 1), new Small("b", 2), new Small("a", 1))
            .batch(2)
            .map(table::insert, Steps.retry(Retry.times(2).every(Duration.ofMillis(1))))
            .flatMap(InsertResult::rows)
            .map(row -> row.orThrow().id())
            .toList();
    assertThat(ids).containsExactly("a", "b", "a");
    assertThat(stub.rows("d", "t")).hasSize(2);
    assertThatThrownBy(() -> BigQuery.table(connection, "d.no").insert(List.of(new Small("a", 1))))
        .isInstanceOfSatisfying(BigQueryFailed.class, e -> assertThat(e.isPassing()).isFalse())
        .hasMessageContaining("Not found: Table test-project:d.no");
  }

  @Test
  void aQueryIsReadPageByPageIntoRecords() {
    String sql = "SELECT * FROM d.card";
    String fields =
        """
        [{"name":"id","type":"STRING"},{"name":"number","type":"INTEGER"},{"name":"price","type":"FLOAT"},
         {"name":"exact","type":"NUMERIC"},{"name":"day","type":"DATE"},{"name":"at","type":"TIMESTAMP"},
         {"name":"rare","type":"BOOLEAN"},{"name":"raw","type":"BYTES"},
         {"name":"where","type":"RECORD","fields":[{"name":"x","type":"INTEGER"},{"name":"y","type":"FLOAT"}]},
         {"name":"tags","type":"STRING","mode":"REPEATED"}]\
        """;
    String row =
        """
        {"f":[{"v":"%s"},{"v":"17"},{"v":null},{"v":"1.50"},{"v":"2026-01-02"},{"v":"1767225600123456"},
         {"v":"true"},{"v":"AQI="},{"v":{"f":[{"v":"1"},{"v":"NaN"}]}},{"v":[{"v":"a"},{"v":"b"}]}]}\
        """;
    stub.result(
        sql, fields, List.of(row.formatted("k1"), row.formatted("k2"), row.formatted("k3")), 2);
    List<Card> cards = Pipeline.from(BigQuery.query(connection, sql, Card.class)).toList();
    assertThat(cards).extracting(Card::id).containsExactly("k1", "k2", "k3");
    Card card = cards.getFirst();
    assertThat(card.exact()).isEqualTo(new BigDecimal("1.50"));
    assertThat(card.at()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
    assertThat(card.day()).isEqualTo(LocalDate.of(2026, 1, 2));
    assertThat(card.raw()).containsExactly(1, 2);
    assertThat(card.where()).isEqualTo(new Point(1, Double.NaN));
    assertThat(card.tags()).containsExactly("a", "b");
    assertThat(card.price()).isNull();
    List<Row> rows = Pipeline.from(BigQuery.query(connection, sql, Row.class)).toList();
    assertThat(rows).hasSize(3).first().satisfies(r -> assertThat(r.get("number")).isEqualTo(17L));
  }

  @Test
  void aRowThatDoesNotFitIsTheFailureOfItsRecord() {
    stub.result(
        "SELECT 1",
        "[{\"name\":\"id\",\"type\":\"STRING\"},{\"name\":\"n\",\"type\":\"STRING\"}]",
        List.of("{\"f\":[{\"v\":\"a\"},{\"v\":\"x\"}]}", "{\"f\":[{\"v\":\"b\"},{\"v\":\"2\"}]}"),
        10);
    assertThat(
            Pipeline.from(BigQuery.query(connection, "SELECT 1", Small.class))
                .catching(IllegalArgumentException.class)
                .skip()
                .toList())
        .containsExactly(new Small("b", 2));
    assertThatThrownBy(
            () -> Pipeline.from(BigQuery.query(connection, "SELECT 2", Small.class)).run())
        .isInstanceOf(BigQueryFailed.class)
        .hasMessageContaining("running \"SELECT 2\": Syntax error");
  }

  @Test
  void rowsAreMergedByKeys() throws Exception {
    String sql =
        "MERGE `d.t` t USING `d.staged` s ON t.`id` = s.`id` WHEN MATCHED THEN UPDATE SET `n` = s.`n`"
            + " WHEN NOT MATCHED THEN INSERT (`id`, `n`) VALUES (s.`id`, s.`n`)";
    stub.changes(sql, 7);
    BigQueryTable staged = BigQuery.table(connection, "d.staged");
    assertThat(BigQuery.table(connection, "d.t").merge(staged, Small.class, "id")).isEqualTo(7);
    assertThatThrownBy(() -> BigQuery.table(connection, "d.t").merge(staged, Small.class, "key"))
        .hasMessage("the keys to merge by must be columns of Small: [id, n], were [key]");
    assertThatThrownBy(() -> BigQuery.table("d`; DROP")).hasMessageContaining("like dataset.table");
  }

  @Test
  void aServiceAccountGetsATokenOnceAndIsNeverShown() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    String pem =
        "-----BEGIN PRIVATE KEY-----\\n"
            + Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded())
            + "\\n-----END PRIVATE KEY-----\\n";
    String key =
        "{\"client_email\":\"me@p.iam\",\"token_uri\":\"%s/token\",\"private_key\":\"%s\"}"
            .formatted(stub.endpoint(), pem);
    BigQueryConnection block =
        (BigQueryConnection)
            new BigQueryBlocks()
                .blockTypes()
                .getFirst()
                .parse(
                    Map.of(
                        "project", Secret.of("p"),
                        "serviceAccount", Secret.of(key),
                        "endpoint", Secret.of(stub.endpoint())));
    ServiceAccount account =
        ServiceAccount.of(block.connection().secrets().get("service_account").reveal());
    assertThat(account.toString()).isEqualTo("me@p.iam");
    Path file = Files.createTempFile("key", ".json");
    Files.writeString(file, key);
    stub.table("d", "t", SMALL);
    ConnectionName named = new ConnectionName(stub.connection() + "&credentials=" + file);
    BigQuery.table(named, "d.t").insert(List.of(new Small("a", 1)));
    BigQuery.table(named, "d.t").insert(List.of(new Small("b", 1)));
    Files.delete(file);
    assertThat(stub.authorizations)
        .containsExactly("null", "Bearer stub-token", "Bearer stub-token");
    assertThatThrownBy(() -> ServiceAccount.of("{\"private_key\":\"s3cret\"}"))
        .hasMessageContaining("that is no key of a service account")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aConnectionThatIsNoneIsSaid() {
    assertThatThrownBy(() ->
            BigQuery.table(new ConnectionName("https://x"), "d.t")
                .insert(List.of(new Small("a", 1))))
        .hasMessageContaining("must begin with \"bigquery://\"");
    assertThatThrownBy(() ->
            BigQuery.table(new ConnectionName("bigquery://p?endpont=x"), "d.t")
                .insert(List.of(new Small("a", 1))))
        .hasMessageContaining("did you mean \"endpoint\"");
  }
}
