package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.JsonCodec;
import dev.penstock.data.Row;
import dev.penstock.files.JsonLines;
import dev.penstock.objects.StoreLocation;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.testkit.BigQueryStub;
import dev.penstock.testkit.stores.GcsServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way from the web to a bucket of Google Cloud Storage, and from there to BigQuery, against
/// servers on the loopback.
class GcsExamplesTest {
  private static final Path EXAMPLES = Checkout.real().root().resolve("examples");

  @TempDir private Path shared;
  @TempDir private Path directory;

  private Command.Result run(Checkout checkout, String example, GcsServer store, String... params)
      throws Exception {
    Command command =
        checkout
            .penstock("run", EXAMPLES.resolve(example).toString())
            .in(directory)
            .env("PENSTOCK_HOME", directory.resolve("home").toString())
            .env("PENSTOCK_CONNECTION_LAKE", store.url())
            .with("--param", "store=lake")
            .with("--param", "bucket=lake", "--param", "color=green", "--param", "months=10,11");
    for (String param : params) {
      command = command.with("--param", param);
    }
    return command.run();
  }

  private static List<String> rows(GcsServer store, String uri) {
    JsonCodec<Row> codec = JsonCodec.of(Row.class);
    StoreLocation file = StoreLocation.of(uri).by(new ConnectionName(store.url()));
    return Pipeline.from(JsonLines.read(file, Row.class))
        .map(row -> new String(codec.write(row), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void monthsGoFromTheWebToABucketAndToATableOnce() throws Exception {
    Checkout checkout = Checkout.built(shared);
    try (TripServer web = new TripServer(EXAMPLES.resolve("data/trips.parquet"));
        GcsServer store = GcsServer.start(100);
        BigQueryStub warehouse = new BigQueryStub().dataset("trips")) {
      store.createBucket("lake");
      warehouse.files((_, uri) -> rows(store, uri));
      Command.Result kept = run(checkout, "web_to_gcs.java", store, "web=" + web.url());
      assertThat(kept.exit()).as(kept.err()).isZero();
      assertThat(kept.err()).containsPattern("[1-9]\\d+ trips in gs://lake/green/2025-11.parquet");
      assertThat(store.keys("lake"))
          .containsExactly("green/2025-10.parquet", "green/2025-11.parquet");
      for (int time = 0; time < 2; time++) {
        Command.Result loaded =
            run(checkout, "gcs_to_bigquery.java", store, "warehouse=" + warehouse.connection());
        assertThat(loaded.exit()).as(loaded.err()).isZero();
        assertThat(loaded.err()).contains((time == 0 ? "3960" : "0") + " rows of green/2025-11");
        assertThat(warehouse.rows("trips", "green_trips")).hasSize(7920);
      }
    }
  }
}
