package dev.penstock.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/// How many records are there that were not fetched yet. A consumer hears of new ones when it
/// fetches; while it does not, because the target stands still, the cluster is asked.
final class Lag {
  private static final long EVERY = 500_000_000;

  private final KafkaConsumer<?, ?> consumer;
  private final Cluster cluster;
  private volatile long records = -1;
  private long last;
  private @Nullable KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> asked;

  Lag(KafkaConsumer<?, ?> consumer, Cluster cluster) {
    this.consumer = consumer;
    this.cluster = cluster;
  }

  /// As of the last look; -1 before the first. Any thread may ask.
  long records() {
    return records;
  }

  /// Looks, if it is time to; never waits.
  ///
  /// @param paused whether nothing is fetched now
  void look(boolean paused) {
    long now = System.nanoTime();
    if (now - last < EVERY) {
      return;
    }
    last = now;
    Set<TopicPartition> partitions = consumer.assignment();
    if (!paused) {
      asked = null;
      records = partitions.stream().mapToLong(each -> consumer.currentLag(each).orElse(0)).sum();
    } else if (asked == null) {
      asked = cluster.askEnds(partitions);
    } else if (asked.isDone()) {
      if (!asked.isCompletedExceptionally()) { // else it is asked again
        Map<TopicPartition, ListOffsetsResultInfo> ends = asked.resultNow();
        records = partitions.stream().mapToLong(each -> behind(each, ends.get(each))).sum();
      }
      asked = null;
    }
  }

  private long behind(TopicPartition partition, @Nullable ListOffsetsResultInfo end) {
    try {
      return end == null
          ? 0
          : Math.max(0, end.offset() - consumer.position(partition, Duration.ZERO));
    } catch (TimeoutException e) {
      return 0; // just assigned: counted at the next look
    }
  }
}
