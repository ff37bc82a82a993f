package dev.penstock.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.JsonValue;
import dev.penstock.files.Csv;
import dev.penstock.files.JsonLines;
import dev.penstock.files.Parquet;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreLocation;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.testkit.BigQueryStub;
import dev.penstock.testkit.stores.GcsServer;
import dev.penstock.testkit.stores.StoreServer.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Rows are loaded into a table by files in a bucket, each once, whatever breaks on the way.
@Timeout(180)
class BigQueryLoadTest {
  record Count(long id, int n) {}

  private final GcsServer store = GcsServer.start(100);
  private BigQueryStub stub;
  private BigQueryTable table;
  private StoreLocation staging;

  @TempDir private Path directory;

  @BeforeEach
  void start() throws Exception {
    store.createBucket("staging");
    staging = ObjectStore.gcs("staging").at("counts").by(new ConnectionName(store.url()));
    stub = LoadedFiles.stub(store);
    table = BigQuery.table(new ConnectionName(stub.connection()), "d.counts");
  }

  @AfterEach
  void stop() {
    stub.close();
    store.close();
  }

  private static List<Count> counts(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> new Count(i, i % 7)).toList();
  }

  private List<Long> ids() {
    return stub.rows("d", "counts").stream().map(row -> row.longInteger("/id")).sorted().toList();
  }

  private static List<Long> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> (long) i).toList();
  }

  private RunnablePipeline fromFiles() {
    Pipeline.over(counts(0, 100)).to(JsonLines.files(Count.class, directory).append()).run();
    return Pipeline.from(JsonLines.read(directory + "/*.jsonl", Count.class))
        .to(table.load(Count.class, JsonLines.files(Count.class, staging).roll(30)))
        .resumable("counts");
  }

  @Test
  void a_run_loads_what_it_has_written_at_its_end() {
    Pipeline.over(counts(0, 50))
        .to(table.load(Count.class, Parquet.files(Count.class, staging)))
        .run();
    assertThat(ids()).isEqualTo(ids(0, 50));
    String asked =
        stub.asked.stream().filter(each -> each.startsWith("POST jobs")).findFirst().orElseThrow();
    assertThat(asked)
        .contains("\"sourceUris\":[\"gs://staging/counts/part-00000.parquet\"]")
        .contains("\"sourceFormat\":\"PARQUET\"", "\"writeDisposition\":\"WRITE_APPEND\"");
  }

  @Test
  void what_was_logged_and_not_loaded_is_loaded_by_the_next_run_once() {
    RunnablePipeline load = fromFiles();
    assertThat(load.explain()).contains("exactly once in the table");
    // the files are there, and the job is refused: the process ends between log and publish
    stub.refuse("jobs", 403, "accessDenied");
    assertThatThrownBy(load::run).hasStackTraceContaining("accessDenied");
    assertThat(stub.rows("d", "counts")).isEmpty();
    // the job is done, and nobody hears of it
    stub.lose("POST jobs");
    load.run();
    assertThat(ids()).isEqualTo(ids(0, 100));
    load.run();
    assertThat(ids()).isEqualTo(ids(0, 100));
  }

  @Test
  void what_was_loaded_is_not_loaded_again_also_when_its_files_are_gone() {
    RunnablePipeline load = fromFiles();
    // the upload is not completed, the first time
    store.fault(store.completing("staging", "counts/part"), Fault.REFUSED, 100);
    assertThatThrownBy(load::run).hasStackTraceContaining("503");
    store.heal();
    load.run();
    long jobs = stub.jobsDone();
    store.deleteAll("staging", "counts/part");
    load.run();
    assertThat(ids()).isEqualTo(ids(0, 100));
    assertThat(stub.jobsDone()).isEqualTo(jobs);
  }

  @Test
  void a_job_that_failed_is_tried_anew_and_one_that_cannot_be_done_is_said() {
    stub.failJob("backendError").failJob("backendError");
    fromFiles().run();
    assertThat(ids()).isEqualTo(ids(0, 100));
    stub.table("d", "other", "[{\"name\":\"id\",\"type\":\"INTEGER\",\"mode\":\"REQUIRED\"}]");
    BigQueryTable other = BigQuery.table(new ConnectionName(stub.connection()), "d.other");
    assertThatThrownBy(() ->
            Pipeline.over(counts(0, 3))
                .to(other.load(Count.class, JsonLines.files(Count.class, staging.at("other"))))
                .run())
        .hasStackTraceContaining("loading into BigQuery.table(")
        .hasStackTraceContaining("no such field: n. (invalid)");
  }

  @Test
  void rows_of_the_same_keys_are_replaced_by_the_latest() throws Exception {
    table.create(Count.class);
    var load =
        table
            .load(Count.class, JsonLines.files(Count.class, staging).append())
            .upsert("id")
            .latestBy("n");
    Pipeline.of(new Count(1, 5), new Count(2, 5)).to(load).run();
    Pipeline.of(new Count(1, 4), new Count(2, 6), new Count(2, 7), new Count(3, 1)).to(load).run();
    assertThat(stub.rows("d", "counts"))
        .extracting(JsonValue::toString)
        .containsExactlyInAnyOrder(
            "{\"id\":1,\"n\":5}", "{\"id\":2,\"n\":7}", "{\"id\":3,\"n\":1}");
    assertThat(stub.tables("d")).containsExactly("counts");
  }

  @Test
  void what_cannot_be_loaded_is_refused() {
    assertThatThrownBy(() -> table.load(Count.class, JsonLines.files(Count.class, directory)))
        .hasMessageContaining("BigQuery loads from Google Cloud Storage");
    assertThatThrownBy(() -> table.load(Count.class, Csv.files(Count.class, staging)))
        .hasMessageContaining(
            "rows are loaded from JsonLines.files or Parquet.files, not from Csv");
    assertThatThrownBy(
            () -> table.load(Count.class, JsonLines.files(Count.class, staging)).upsert("key"))
        .hasMessageContaining("the keys to merge by must be columns of Count: [id, n], were [key]");
  }
}
