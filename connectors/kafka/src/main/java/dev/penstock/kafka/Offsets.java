package dev.penstock.kafka;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Asks a broker where partitions begin and end.
final class Offsets {
  private Offsets() {}

  /// Where reading of these partitions begins.
  static Map<TopicPartition, Long> of(
      Start start, Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    return switch (start) {
      case Start.Earliest _ -> consumer.beginningOffsets(partitions);
      case Start.Latest _ -> consumer.endOffsets(partitions);
      case Start.At(Instant time) -> since(time, consumer, partitions);
      case Start.Offset(long offset) -> {
        Map<TopicPartition, Long> all = new HashMap<>();
        partitions.forEach(partition -> all.put(partition, offset));
        yield all;
      }
    };
  }

  /// Where reading of these partitions ends; empty for without end.
  static Map<TopicPartition, Long> of(
      End end, Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    return switch (end) {
      case End.None _ -> Map.of();
      case End.Now _, End.After _ -> consumer.endOffsets(partitions);
      case End.Before(Instant time) -> since(time, consumer, partitions);
    };
  }

  /// The first record that is not older, or the end.
  private static Map<TopicPartition, Long> since(
      Instant time, Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
    Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions));
    for (Map.Entry<TopicPartition, @Nullable OffsetAndTimestamp> found :
        consumer.offsetsForTimes(times).entrySet()) {
      if (found.getValue() != null) {
        offsets.put(found.getKey(), found.getValue().offset());
      }
    }
    return offsets;
  }

  static long get(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return Objects.requireNonNull(offsets.get(partition));
  }
}
