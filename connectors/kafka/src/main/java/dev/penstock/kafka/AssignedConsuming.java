package dev.penstock.kafka;

import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Reads the partitions that it is told to read.
final class AssignedConsuming<T> extends Consuming<T> {
  private final Start start;
  private final End end;

  // guarded by this
  private Map<PartitionId, Optional<Position>> fresh = new LinkedHashMap<>();
  private final Set<PartitionId> released = new HashSet<>();

  // of the thread
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private long wanted;

  AssignedConsuming(
      KafkaConsumer<byte[], byte[]> consumer,
      Cluster cluster,
      Backlog<T> backlog,
      ClientSettings settings,
      Shape.Makers<T> makers,
      Start start,
      End end) {
    super(consumer, cluster, backlog, settings, makers);
    this.start = start;
    this.end = end;
    this.wanted = end instanceof End.After(long records) ? records : Long.MAX_VALUE;
    if (end instanceof End.None) {
      backlog.endless();
    }
  }

  @Override
  synchronized void assign(Map<Split, Optional<Position>> from) {
    from.forEach((split, position) -> fresh.put(PartitionId.of(split), position));
    backlog.expect(from.keySet());
  }

  @Override
  synchronized void release(Set<Split> splits) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Split split : splits) {
      PartitionId id = PartitionId.of(split);
      fresh.remove(id);
      released.add(id);
      partitions.add(id.partition());
    }
    backlog.drop(partitions);
    backlog.forget(splits);
  }

  private synchronized Map<PartitionId, Optional<Position>> takeFresh() {
    Map<PartitionId, Optional<Position>> taken = fresh;
    fresh = new LinkedHashMap<>();
    return taken;
  }

  private synchronized boolean takeReleased() {
    boolean any = reading.values().removeAll(released);
    released.clear();
    return any;
  }

  @Override
  void beforePoll() {
    Map<PartitionId, Optional<Position>> taken = takeFresh();
    boolean changed = takeReleased();
    if (taken.isEmpty() && !changed) {
      return;
    }
    Set<TopicPartition> all = new HashSet<>(reading.keySet());
    taken.keySet().forEach(id -> all.add(id.partition()));
    consumer.assign(all);
    List<TopicPartition> added = taken.keySet().stream().map(PartitionId::partition).toList();
    if (!added.isEmpty()) {
      ends.putAll(Offsets.of(end, consumer, added));
      seek(taken, start);
    }
  }

  @Override
  @Nullable Long end(TopicPartition partition) {
    return ends.get(partition);
  }

  @Override
  long wanted() {
    return wanted;
  }

  @Override
  void handedOut(int records) {
    if (wanted != Long.MAX_VALUE) {
      wanted -= records;
      if (wanted == 0) {
        backlog.end();
      }
    }
  }

  @Override
  void ended(TopicPartition partition) {
    consumer.assign(Set.copyOf(reading.keySet()));
  }
}
