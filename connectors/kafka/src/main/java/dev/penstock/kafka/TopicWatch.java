package dev.penstock.kafka;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;

/// Looks once in a while whether topics are still those that they were: a topic that is deleted and
/// made anew under its name would be read on at offsets that mean nothing in it.
final class TopicWatch {
  private static final long EVERY = 10_000_000_000L;

  private final Cluster cluster;
  private long last = System.nanoTime();
  private @Nullable KafkaFuture<Map<String, TopicDescription>> asked;

  TopicWatch(Cluster cluster) {
    this.cluster = cluster;
  }

  /// Asks, or looks at the answer if it has come; never waits.
  ///
  /// @throws KafkaFailure when a topic was made anew
  void look(Collection<PartitionId> reading) throws InterruptedException {
    long now = System.nanoTime();
    if (asked == null && !reading.isEmpty() && now - last > EVERY) {
      asked = cluster.ask(topics(reading));
    }
    if (asked != null && asked.isDone()) {
      if (!asked.isCompletedExceptionally()) { // else it is asked again
        compare(reading, asked.resultNow());
      }
      asked = null;
      last = now;
    }
  }

  /// Asks and waits.
  ///
  /// @throws KafkaFailure when a topic was made anew, or is gone
  void check(Collection<PartitionId> reading) throws InterruptedException {
    compare(reading, cluster.describe(topics(reading)));
  }

  private static Set<String> topics(Collection<PartitionId> reading) {
    Set<String> topics = new HashSet<>();
    reading.forEach(id -> topics.add(id.partition().topic()));
    return topics;
  }

  private static void compare(Collection<PartitionId> reading, Map<String, TopicDescription> now) {
    for (PartitionId id : reading) {
      TopicDescription topic = now.get(id.partition().topic());
      if (topic != null && !topic.topicId().equals(id.topic())) {
        throw madeAnew(id.partition().topic());
      }
    }
  }

  static KafkaFailure madeAnew(String topic) {
    return new KafkaFailure(
        "topic \"%s\" was deleted and made anew since: what this pipeline has committed are offsets of the old one. To read the new one from its start, make it forget its positions"
            .formatted(topic),
        null);
  }
}
