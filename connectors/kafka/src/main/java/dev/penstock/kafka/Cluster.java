package dev.penstock.kafka;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.DidYouMean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// A cluster that was reached, asked about its topics.
final class Cluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final ConnectionName name;
  private final ClientSettings settings;
  private final Admin admin;

  private Cluster(ConnectionName name, ClientSettings settings, Admin admin) {
    this.name = name;
    this.settings = settings;
    this.admin = admin;
  }

  static Cluster of(ConnectionName name, ClientSettings settings) {
    Properties properties =
        settings.properties(
            Map.of(
                "default.api.timeout.ms",
                "" + PATIENCE.toMillis(),
                "request.timeout.ms",
                "" + PATIENCE.toMillis() / 2));
    try {
      return new Cluster(name, settings, Admin.create(properties));
    } catch (KafkaException e) {
      throw settings.failure("cannot connect to " + name, e);
    }
  }

  /// The topics of these names.
  ///
  /// @throws KafkaFailure when one is missing; the message says which, and what there is
  Map<String, TopicDescription> describe(Collection<String> topics) throws InterruptedException {
    Map<String, TopicDescription> found = new TreeMap<>();
    List<String> missing = new ArrayList<>();
    for (var asked : admin.describeTopics(topics).topicNameValues().entrySet()) {
      try {
        found.put(asked.getKey(), get(asked.getValue()));
      } catch (UnknownTopicOrPartitionException e) {
        missing.add(asked.getKey());
      }
    }
    if (!missing.isEmpty()) {
      throw missing(missing);
    }
    return found;
  }

  /// Asks what [#describe] asks, without waiting.
  KafkaFuture<Map<String, TopicDescription>> ask(Collection<String> topics) {
    return admin.describeTopics(topics).allTopicNames();
  }

  /// Asks what [#ends] asks, without waiting.
  KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> askEnds(
      Collection<TopicPartition> partitions) {
    return admin.listOffsets(latest(partitions)).all();
  }

  private static Map<TopicPartition, OffsetSpec> latest(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    return latest;
  }

  private KafkaFailure missing(List<String> missing) throws InterruptedException {
    Collection<String> there = names();
    StringBuilder message = new StringBuilder();
    for (String topic : missing) {
      message.append(message.isEmpty() ? "" : "; ");
      message.append("there is no topic \"").append(topic).append("\" in ").append(name);
      message.append(DidYouMean.hint(topic, there));
    }
    return new KafkaFailure(message + "; create it, or name one that is there", null);
  }

  Collection<String> names() throws InterruptedException {
    return get(admin.listTopics().names());
  }

  /// Makes a topic if it is not there, with the broker's number of replicas, and waits until its
  /// partitions can be written to. Else the first records of an idempotent producer may be turned
  /// away and later ones be taken, which it cannot put right any more.
  ///
  /// @param configuration of the topic, as Kafka names it
  void create(String topic, int partitions, Map<String, String> configuration)
      throws InterruptedException {
    NewTopic wanted =
        new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(configuration);
    try {
      get(admin.createTopics(List.of(wanted)).all());
    } catch (TopicExistsException e) {
      return;
    }
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    awaitReady(ends);
  }

  private void awaitReady(Map<TopicPartition, OffsetSpec> ends) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        get(admin.listOffsets(ends).all());
        return;
      } catch (UnknownTopicOrPartitionException e) { // not every part of the broker knows it yet
        if (System.nanoTime() > until) {
          throw settings.failure("a topic that was made cannot be written to", e);
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  /// Whether there is such a topic.
  boolean has(String topic) throws InterruptedException {
    return names().contains(topic);
  }

  /// Behind the newest record of each partition, whether it is committed or not.
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = latest(partitions);
    Map<TopicPartition, Long> ends = new HashMap<>();
    get(admin.listOffsets(asked).all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  /// Ends the transactions under these ids, and lets nobody go on who has begun under one of them.
  void fence(Collection<String> transactionalIds) throws InterruptedException {
    if (!transactionalIds.isEmpty()) {
      get(admin.fenceProducers(transactionalIds).all());
    }
  }

  private <T> T get(KafkaFuture<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case UnknownTopicOrPartitionException missing -> missing;
        case TopicExistsException exists -> exists;
        case TimeoutException none ->
            new KafkaFailure(
                "no broker of %s answers at %s within %d s: is it running, and is security.protocol (%s) what it expects?"
                    .formatted(
                        name, settings.servers(), patience().toSeconds(), settings.protocol()),
                none);
        case KafkaException other -> settings.failure("asking " + name + " failed", other);
        case null, default -> settings.failure("asking " + name + " failed", e);
      };
    }
  }

  private Duration patience() {
    return Duration.ofMillis(
        Long.parseLong(settings.get("default.api.timeout.ms", "" + PATIENCE.toMillis())));
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(2));
  }
}
