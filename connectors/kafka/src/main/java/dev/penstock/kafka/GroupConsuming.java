package dev.penstock.kafka;

import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/// Reads the partitions that the group's coordinator hands out. Each is claimed before it is read,
/// and given back when what was read of it is committed, both by the engine.
final class GroupConsuming<T> extends Consuming<T> {
  private static final Duration LAST_COMMIT = Duration.ofSeconds(3);

  private final Topics topics;
  private final Start start;
  private final Assignments events;
  private final Duration patience;
  private boolean subscribed;

  /// What is committed and not told to the broker; guarded by itself.
  private final Map<TopicPartition, OffsetAndMetadata> untold = new HashMap<>();

  /// @param patience how long the engine may take to give partitions back
  GroupConsuming(
      KafkaConsumer<byte[], byte[]> consumer,
      Cluster cluster,
      Backlog<T> backlog,
      ClientSettings settings,
      Shape.Makers<T> makers,
      Topics topics,
      Start start,
      Assignments events,
      Duration patience) {
    super(consumer, cluster, backlog, settings, makers);
    this.topics = topics;
    this.start = start;
    this.events = events;
    this.patience = patience;
    backlog.endless();
  }

  @Override
  void assign(Map<Split, Optional<Position>> from) {
    throw new IllegalStateException("the partitions of a group are handed out by its coordinator");
  }

  @Override
  void release(Set<Split> splits) {
    throw new IllegalStateException("the partitions of a group are taken back by its coordinator");
  }

  @Override
  void committed(Map<Split, Position> at) {
    synchronized (untold) {
      at.forEach((split, position) ->
          untold.put(PartitionId.of(split).partition(), PartitionId.offset(position, "")));
    }
  }

  @Override
  void beforePoll() {
    if (!subscribed) {
      subscribed = true;
      switch (topics) {
        case Topics.Named named -> consumer.subscribe(named.names(), new Rebalances());
        case Topics.Matching matching -> consumer.subscribe(matching.pattern(), new Rebalances());
      }
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = takeUntold(reading.keySet());
    if (!offsets.isEmpty()) {
      consumer.commitAsync(offsets, this::committed);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> takeUntold(Set<TopicPartition> of) {
    synchronized (untold) {
      if (untold.isEmpty()) {
        return Map.of();
      }
      Map<TopicPartition, OffsetAndMetadata> taken = new HashMap<>(untold);
      taken.keySet().retainAll(of);
      untold.keySet().removeAll(of);
      return taken;
    }
  }

  private void committed(
      Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
    if (failure instanceof RetriableException || failure instanceof RebalanceInProgressException) {
      synchronized (untold) {
        offsets.forEach(untold::putIfAbsent); // unless more is committed by now
      }
    }
  }

  /// Tells the broker what is committed of partitions that are on their way out.
  private void tellNow(Set<TopicPartition> of) {
    Map<TopicPartition, OffsetAndMetadata> offsets = takeUntold(of);
    if (!offsets.isEmpty()) {
      try {
        consumer.commitSync(offsets, LAST_COMMIT);
      } catch (KafkaException e) {
        // They are a hint, or else read again: at least once.
      }
    }
  }

  @Override
  void beforeClose() {
    tellNow(Set.copyOf(reading.keySet()));
  }

  private Map<Split, PartitionId> splits(Collection<TopicPartition> partitions) {
    Map<Split, PartitionId> splits = new LinkedHashMap<>();
    for (TopicPartition partition : partitions) {
      PartitionId id = reading.remove(partition);
      if (id != null) {
        splits.put(id.split(), id);
      }
    }
    backlog.drop(partitions);
    return splits;
  }

  private final class Rebalances implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (partitions.isEmpty() || isClosing()) {
        return;
      }
      try {
        take(partitions);
      } catch (KafkaException e) {
        throw e;
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      } catch (Exception e) {
        throw new Unclaimed(e);
      }
    }

    private void take(Collection<TopicPartition> partitions) throws Exception {
      consumer.pause(partitions); // until they are claimed
      Set<String> names = new HashSet<>();
      partitions.forEach(partition -> names.add(partition.topic()));
      Map<String, TopicDescription> described = cluster.describe(names);
      Map<Split, PartitionId> splits = new LinkedHashMap<>();
      for (TopicPartition partition : partitions) {
        TopicDescription topic = Objects.requireNonNull(described.get(partition.topic()));
        PartitionId id = new PartitionId(partition, topic.topicId());
        splits.put(id.split(), id);
      }
      Map<Split, Optional<Position>> known = events.gained(splits.keySet());
      Map<PartitionId, Optional<Position>> from = new LinkedHashMap<>();
      splits.forEach((split, id) -> {
        Optional<Position> position = known.get(split);
        from.put(id, position == null ? ofGroup(id.partition()) : position);
      });
      seek(from, start);
      consumer.resume(partitions);
    }

    /// Where the group stands.
    private Optional<Position> ofGroup(TopicPartition partition) {
      OffsetAndMetadata offset = consumer.committed(Set.of(partition)).get(partition);
      return offset == null
          ? Optional.empty()
          : Optional.of(PartitionId.position(offset.offset(), offset.leaderEpoch()));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      Set<TopicPartition> leaving = Set.copyOf(partitions);
      if (isClosing()) {
        return;
      }
      Map<Split, PartitionId> splits = splits(leaving);
      events.leaving(splits.keySet(), Instant.now().plus(patience));
      tellNow(leaving);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      if (!isClosing()) {
        events.lost(splits(partitions).keySet());
        takeUntold(Set.copyOf(partitions)); // somebody else's to tell
      }
    }
  }

  /// Carries a failure of the engine's out of Kafka's callback.
  static final class Unclaimed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unclaimed(Exception cause) {
      super(cause);
    }

    /// The failure of the engine's that Kafka has wrapped; null when it is not one.
    static @Nullable Exception within(KafkaException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof Unclaimed unclaimed) {
          return (Exception) Objects.requireNonNull(unclaimed.getCause());
        }
        if (cause instanceof KafkaFailure failure) {
          return failure;
        }
      }
      return null;
    }
  }
}
