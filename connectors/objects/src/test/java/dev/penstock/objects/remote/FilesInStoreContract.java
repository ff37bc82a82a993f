package dev.penstock.objects.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Row;
import dev.penstock.files.Csv;
import dev.penstock.files.FilesSink;
import dev.penstock.files.JsonLines;
import dev.penstock.files.NoSuchFile;
import dev.penstock.files.Parquet;
import dev.penstock.objects.StoreLocation;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.testkit.stores.StoreServer;
import dev.penstock.testkit.stores.StoreServer.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// CSV, JSON Lines and Parquet are read from and written to a bucket.
@Timeout(180)
public abstract class FilesInStoreContract {
  private static final Instant EVENING = Instant.parse("2026-11-21T23:59:00Z");

  private final StoreServer server;
  private final StoreLocation bucket;

  protected FilesInStoreContract(TestStore store) {
    this.server = store.server();
    this.bucket = store.newBucket();
  }

  record Count(int id, Instant ts) {}

  private static List<Count> counts(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> new Count(i, EVENING.plusSeconds(i))).toList();
  }

  private static FilesSink<Count> sink(String format, StoreLocation location) {
    return switch (format) {
      case "csv" -> Csv.files(Count.class, location);
      case "jsonl" -> JsonLines.files(Count.class, location);
      default -> Parquet.files(Count.class, location);
    };
  }

  private static Source<Count> source(String format, StoreLocation location) {
    return switch (format) {
      case "csv" -> Csv.read(location, Count.class);
      case "jsonl" -> JsonLines.read(location, Count.class);
      default -> Parquet.read(location, Count.class);
    };
  }

  private List<String> keys() {
    return server.keys(bucket.bucket());
  }

  private List<String> data() {
    return keys().stream().filter(key -> !key.contains("_penstock/")).toList();
  }

  private static <T> List<T> all(Source<T> source) {
    List<T> all = new ArrayList<>();
    Pipeline.from(source).forEach(all::add);
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl", "parquet"})
  void what_was_written_is_read_again(String format) {
    Pipeline.over(counts(0, 100)).to(sink(format, bucket.at("in")).roll(30)).run();
    assertThat(data())
        .containsExactly(
            "in/part-00000." + format,
            "in/part-00001." + format,
            "in/part-00002." + format,
            "in/part-00003." + format);
    assertThat(all(source(format, bucket.at("in/*." + format)))).isEqualTo(counts(0, 100));
    assertThat(all(source(format, bucket.at("in/part-00001." + format)))).isEqualTo(counts(30, 60));
  }

  @Test
  void each_record_lies_in_the_directory_of_its_own_date() {
    Pipeline.over(counts(0, 120))
        .to(
            Parquet.files(Count.class, bucket.at("lake"))
                .partitionedBy((path, count) ->
                    path.env("dv")
                        .source("rooms")
                        .subsource("midgar")
                        .kind("raw")
                        .date(count.ts())))
        .run();
    String before = "lake/env=dv/source=rooms/subsrc=midgar/kind=raw/yr=2026/mo=11/";
    assertThat(data())
        .containsExactly(before + "dy=21/part-00000.parquet", before + "dy=22/part-00001.parquet");
    assertThat(all(Parquet.read(bucket.at("lake/**/dy=22/*.parquet"), Count.class)))
        .isEqualTo(counts(60, 120));
  }

  @Test
  void a_part_that_cannot_stand_in_a_path_is_refused() {
    FilesSink<Count> sink =
        Csv.files(Count.class, bucket).partitionedBy((path, count) -> path.source("a/b"));
    assertThatThrownBy(() -> Pipeline.over(counts(0, 1)).to(sink).run())
        .hasStackTraceContaining(
            "the value of \"source\" in a partitioned path must match [A-Za-z0-9_-][A-Za-z0-9._-]{0,127}, was \"a/b\"");
    assertThat(keys()).isEmpty();
  }

  @Test
  void a_resumable_run_is_not_repeated() {
    Pipeline.over(counts(0, 100)).to(Csv.files(Count.class, bucket.at("in")).roll(25)).run();
    for (int run = 0; run < 2; run++) {
      Pipeline.from(Csv.read(bucket.at("in/*.csv"), Count.class))
          .to(Parquet.files(Count.class, bucket.at("out")).roll(10))
          .resumable("copy")
          .run();
      assertThat(all(Parquet.read(bucket.at("out/*.parquet"), Count.class)))
          .containsExactlyInAnyOrderElementsOf(counts(0, 100));
    }
    assertThat(server.unfinished(bucket.bucket())).isZero();
  }

  @Test
  void what_was_logged_and_not_published_is_published_by_the_next_run() {
    Pipeline.over(counts(0, 100)).to(Csv.files(Count.class, bucket.at("in"))).run();
    var copy =
        Pipeline.from(Csv.read(bucket.at("in/*.csv"), Count.class))
            .to(JsonLines.files(Count.class, bucket.at("out")))
            .resumable("copy");
    server.fault(server.completing(bucket.bucket(), "out"), Fault.REFUSED, 100);
    assertThatThrownBy(copy::run).hasStackTraceContaining("503");
    assertThat(data()).noneMatch(key -> key.startsWith("out/"));
    server.heal();
    copy.run();
    assertThat(all(JsonLines.read(bucket.at("out/*.jsonl"), Count.class)))
        .isEqualTo(counts(0, 100));
  }

  @Test
  void an_entry_whose_answer_was_lost_is_the_runs_own() {
    Pipeline.over(counts(0, 100)).to(Csv.files(Count.class, bucket.at("in"))).run();
    server.fault(server.creating(bucket.bucket(), "out/_penstock"), Fault.ANSWER_LOST, 2);
    Pipeline.from(Csv.read(bucket.at("in/*.csv"), Count.class))
        .to(JsonLines.files(Count.class, bucket.at("out")))
        .resumable("copy")
        .run();
    assertThat(all(JsonLines.read(bucket.at("out/*.jsonl"), Count.class)))
        .isEqualTo(counts(0, 100));
  }

  @Test
  void what_is_not_there_is_said() {
    assertThatThrownBy(() -> all(Csv.read(bucket.at("nothing.csv"), Row.class)))
        .hasStackTraceContaining("no such object: " + bucket + "/nothing.csv in http://");
    assertThatThrownBy(() -> all(Csv.read(bucket.at("a/*.csv"), Row.class)))
        .isInstanceOf(NoSuchFile.class)
        .hasMessage(
            "no object matches \"%s/a/*.csv\": looked at 0 in %s/a".formatted(bucket, bucket));
  }
}
