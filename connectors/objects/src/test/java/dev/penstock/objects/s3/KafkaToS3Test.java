package dev.penstock.objects.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.objects.StoreLocation;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.run.Cancellation;
import dev.penstock.pipeline.run.RunCancelled;
import dev.penstock.pipeline.run.RunOptions;
import dev.penstock.testkit.KafkaBroker;
import dev.penstock.testkit.s3.S3Server;
import dev.penstock.testkit.stores.StoreServer.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Members of a group write to a bucket, come, go and fail.
@Timeout(120)
class KafkaToS3Test {
  private final S3Server server = TestServer.shared();
  private final StoreLocation bucket = TestServer.newBucket();
  private final Coldstorage coldstorage =
      new Coldstorage(
          "kafka://" + KafkaBroker.address(),
          "rooms-" + UUID.randomUUID(),
          server.url(),
          bucket.bucket());

  private final Map<String, Long> rows = new HashMap<>();

  /// A member of the group, until it is stopped.
  private static final class Member {
    final Cancellation cancellation = new Cancellation();
    final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
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

  private void await(int messages, Member... members) throws Exception {
    while (coldstorage.stored(rows) < messages) {
      for (Member member : members) {
        assertThat(member.failure.get()).isNull();
      }
      Thread.sleep(100);
    }
  }

  private Member member() {
    return new Member(coldstorage.pipeline(100, Duration.ofMillis(400)));
  }

  @Test
  void whatever_comes_goes_and_fails_each_message_is_in_one_object() throws Exception {
    coldstorage.send(0, 1_000);
    Member first = member();
    Member second = member();
    await(1_000, first, second); // the last of them while the topic is idle
    server.fault(
        line -> line.startsWith("PUT") && line.contains("_penstock"), Fault.ANSWER_LOST, 3);
    coldstorage.send(1_000, 1_500);
    second.stop();
    await(1_500, first);
    Member third = member();
    server.fault(
        line -> line.startsWith("POST") && line.contains("uploadId"), Fault.REFUSED, 1_000);
    coldstorage.send(1_500, 2_000);
    while (first.failure.get() == null && third.failure.get() == null) {
      Thread.sleep(20); // until one has logged what it could not publish
    }
    first.stop();
    third.stop();
    server.heal();
    Member fourth = member();
    await(2_000, fourth);
    fourth.stop();
    coldstorage.assertExact(2_000);
    assertThat(server.unfinished(bucket.bucket())).isZero();
  }

  @Test
  void files_hold_as_many_records_as_they_are_told_also_of_several_partitions() throws Exception {
    coldstorage.send(0, 1_000);
    Member member = new Member(coldstorage.pipeline(150, Duration.ofSeconds(2)));
    await(1_000, member);
    member.stop();
    // 150 of each partition, twice; then what is left of each, when it was time
    assertThat(coldstorage.fileCount()).isBetween(9, 4 * Coldstorage.PARTITIONS + 1);
  }
}
