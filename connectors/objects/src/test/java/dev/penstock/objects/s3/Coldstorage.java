package dev.penstock.objects.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.ConnectionName;
import dev.penstock.files.Parquet;
import dev.penstock.files.parquet.ParquetFile;
import dev.penstock.kafka.Kafka;
import dev.penstock.objects.ObjectInfo;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreLocation;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.Steps;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A pipeline that stores a topic as Parquet in a bucket, by a group, and what must be there when
/// it has.
///
/// @param kafka the URL of the broker
/// @param lake the URL of the server of S3
record Coldstorage(String kafka, String topic, String lake, String bucket) {
  static final int PARTITIONS = 3;
  private static final Instant EVENING = Instant.parse("2026-11-21T23:58:00Z");

  record Count(int id, Instant ts) {}

  private StoreLocation location() {
    return ObjectStore.s3(bucket).by(new ConnectionName(lake));
  }

  void send(int from, int to) {
    List<Count> counts =
        IntStream.range(from, to).mapToObj(i -> new Count(i, EVENING.plusMillis(i * 20L))).toList();
    Pipeline.over(counts)
        .to(
            Kafka.topic(new ConnectionName(kafka), topic, Count.class)
                .key(count -> "" + count.id())
                .create(PARTITIONS))
        .run();
  }

  RunnablePipeline pipeline(int records, Duration within) {
    return Pipeline.from(
            Kafka.topic(new ConnectionName(kafka), topic, Count.class).group("coldstorage"))
        .to(
            Parquet.files(Count.class, location().at("lake"))
                .partitionedBy((path, count) -> path.env("dv").source("rooms").date(count.ts()))
                .roll(records, Steps.within(within)));
  }

  private List<String> files() throws IOException {
    try (ObjectStore store = ObjectStore.open(location());
        Stream<ObjectInfo> all = store.list("lake/", "")) {
      return all.map(ObjectInfo::key).filter(key -> key.endsWith(".parquet")).toList();
    }
  }

  /// How many records can be seen.
  ///
  /// @param rows what is known by now of objects, which never change
  long stored(Map<String, Long> rows) throws IOException {
    for (String key : files()) {
      if (!rows.containsKey(key)) {
        try (ParquetFile file = ParquetFile.open(location().at(key).read(), key)) {
          rows.put(key, file.rows());
        }
      }
    }
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }

  int fileCount() throws IOException {
    return files().size();
  }

  /// Each message is in one object, and what the objects tell of the offsets that they hold tiles
  /// the topic.
  void assertExact(int messages) throws IOException {
    List<Integer> ids = new ArrayList<>();
    Pipeline.from(Parquet.read(location().at("lake/**/*.parquet"), Count.class))
        .forEach(count -> ids.add(count.id()));
    assertThat(new HashSet<>(ids)).hasSameSizeAs(ids).hasSize(messages);
    assertTiled(messages);
  }

  /// The units of each partition follow each other from its first offset on.
  private void assertTiled(int messages) throws IOException {
    Map<String, Map<Long, Long>> units = new TreeMap<>();
    Set<String> ends = new HashSet<>();
    for (String key : files()) {
      try (ParquetFile file = ParquetFile.open(location().at(key).read(), key)) {
        Map<String, String> about = file.about();
        String split = String.valueOf(about.get("penstock.split"));
        ends.add(split + " " + about.get("penstock.to"));
        units
            .computeIfAbsent(split, _ -> new TreeMap<>())
            .put(
                offset(String.valueOf(about.get("penstock.from"))),
                offset(String.valueOf(about.get("penstock.to"))));
      }
    }
    long all = 0;
    int count = 0;
    for (Map<Long, Long> ranges : units.values()) {
      long at = 0;
      for (Map.Entry<Long, Long> range : ranges.entrySet()) {
        assertThat(range.getKey()).isEqualTo(at);
        at = range.getValue();
        count++;
      }
      all += at;
    }
    assertThat(all).isEqualTo(messages);
    assertThat(ends).hasSize(count);
  }

  private static long offset(String position) {
    return position.isEmpty() ? 0 : Long.parseLong(position.replaceAll("offset=(\\d+).*", "$1"));
  }
}
