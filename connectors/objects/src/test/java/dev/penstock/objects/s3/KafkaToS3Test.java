package dev.penstock.objects.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.ConnectionName;
import dev.penstock.files.Parquet;
import dev.penstock.files.parquet.ParquetFile;
import dev.penstock.kafka.Kafka;
import dev.penstock.objects.StoreLocation;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.pipeline.run.Cancellation;
import dev.penstock.pipeline.run.RunCancelled;
import dev.penstock.pipeline.run.RunOptions;
import dev.penstock.testkit.KafkaBroker;
import dev.penstock.testkit.s3.S3Server;
import dev.penstock.testkit.s3.S3Server.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Members of a group write to a bucket, come, go and fail: each message is in one object, and what
/// the objects tell of the offsets that they hold tiles the topic.
@Timeout(120)
class KafkaToS3Test {
  private static final Instant EVENING = Instant.parse("2026-11-21T23:58:00Z");
  private static final int PARTITIONS = 3;

  private final S3Server server = TestServer.shared();
  private final StoreLocation bucket = TestServer.newBucket();
  private final String topic = "rooms-" + UUID.randomUUID();
  private final ConnectionName kafka = new ConnectionName("kafka://" + KafkaBroker.address());

  record Count(int id, Instant ts) {}

  private void send(int from, int to) {
    Pipeline.over(
            IntStream.range(from, to).mapToObj(i -> new Count(i, EVENING.plusSeconds(i))).toList())
        .to(Kafka.topic(kafka, topic, Count.class).key(count -> "" + count.id()).create(PARTITIONS))
        .run();
  }

  private RunnablePipeline coldstorage(int records, Duration within) {
    return Pipeline.from(Kafka.topic(kafka, topic, Count.class).group("coldstorage"))
        .to(
            Parquet.files(Count.class, bucket.at("lake"))
                .partitionedBy((path, count) -> path.env("dv").source("rooms").date(count.ts()))
                .roll(records, Steps.within(within)));
  }

  /// A member of the group, until it is stopped.
  private static final class Member {
    final Cancellation cancellation = new Cancellation();
    final AtomicReference<Throwable> failure = new AtomicReference<>();
    final Thread thread;

    Member(RunnablePipeline pipeline) {
      thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  pipeline.run(RunOptions.DEFAULT.cancellation(cancellation));
                } catch (RunCancelled stopped) {
                  // as it was asked to
                } catch (Throwable t) {
                  failure.set(t);
                }
              });
    }

    void stop() throws InterruptedException {
      cancellation.cancel();
      thread.join();
    }
  }

  private List<Integer> stored() {
    List<Integer> ids = new ArrayList<>();
    if (server.keys(bucket.bucket()).stream().anyMatch(key -> key.endsWith(".parquet"))) {
      Pipeline.from(Parquet.read(bucket.at("lake/**/*.parquet"), Count.class))
          .forEach(count -> ids.add(count.id()));
    }
    return ids;
  }

  private void await(int messages, Member... members) throws Exception {
    while (stored().size() < messages) {
      for (Member member : members) {
        assertThat(member.failure.get()).isNull();
      }
      Thread.sleep(100);
    }
  }

  @Test
  void whatever_comes_goes_and_fails_each_message_is_in_one_object() throws Exception {
    send(0, 1_000);
    Member first = new Member(coldstorage(100, Duration.ofMillis(400)));
    Member second = new Member(coldstorage(100, Duration.ofMillis(400)));
    await(1_000, first, second); // the last of them while the topic is idle
    server.fault(
        line -> line.startsWith("PUT") && line.contains("_penstock"), Fault.ANSWER_LOST, 3);
    send(1_000, 1_500);
    second.stop();
    await(1_500, first);
    Member third = new Member(coldstorage(100, Duration.ofMillis(400)));
    server.fault(
        line -> line.startsWith("POST") && line.contains("uploadId"), Fault.REFUSED, 1_000);
    send(1_500, 2_000);
    while (first.failure.get() == null && third.failure.get() == null) {
      Thread.sleep(20); // until one has logged what it could not publish
    }
    first.stop();
    third.stop();
    server.heal();
    Member fourth = new Member(coldstorage(100, Duration.ofMillis(400)));
    await(2_000, fourth);
    fourth.stop();

    List<Integer> stored = stored();
    assertThat(stored).doesNotHaveDuplicates().hasSize(2_000);
    assertTiled(stored.size());
    assertThat(server.unfinished(bucket.bucket())).isZero();
  }

  /// The units of each partition follow each other from its first offset on.
  private void assertTiled(int messages) throws Exception {
    Map<String, Map<Long, Long>> units = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (String key : server.keys(bucket.bucket())) {
      if (key.endsWith(".parquet")) {
        try (ParquetFile file = ParquetFile.open(bucket.at(key).read(), key)) {
          Map<String, String> about = file.about();
          String unit = about.get("penstock.split") + " " + about.get("penstock.to");
          seen.add(unit);
          units
              .computeIfAbsent(about.get("penstock.split"), _ -> new TreeMap<>())
              .put(offset(about.get("penstock.from")), offset(about.get("penstock.to")));
        }
      }
    }
    assertThat(units).hasSize(PARTITIONS);
    long all = 0;
    for (Map<Long, Long> ranges : units.values()) {
      long at = 0;
      for (Map.Entry<Long, Long> range : ranges.entrySet()) {
        assertThat(range.getKey()).isEqualTo(at);
        at = range.getValue();
      }
      all += at;
    }
    assertThat(all).isEqualTo(messages);
    assertThat(seen).hasSize(units.values().stream().mapToInt(Map::size).sum());
  }

  private static long offset(String position) {
    return position.isEmpty() ? 0 : Long.parseLong(position.replaceAll("offset=(\\d+).*", "$1"));
  }

  @Test
  void files_hold_as_many_records_as_they_are_told_also_of_several_partitions() throws Exception {
    send(0, 1_000);
    Member member = new Member(coldstorage(150, Duration.ofSeconds(2)));
    await(1_000, member);
    member.stop();
    List<String> files =
        server.keys(bucket.bucket()).stream().filter(key -> key.endsWith(".parquet")).toList();
    // 150 of each partition, twice; then what is left of each, when it was time
    assertThat(files).hasSizeBetween(9, 3 * PARTITIONS + PARTITIONS + 1);
  }
}
