package dev.penstock.kafka;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record with all that Kafka knows of it; given by [KafkaSource#records].
///
/// @param offset its number in the partition
/// @param timestamp when it was made, or appended, as the topic is set
/// @param key null for a record without one
/// @param value null for a tombstone, which deletes its key in a compacted topic
/// @param headers in their order
public record KafkaRecord<K, V>(
    String topic,
    int partition,
    long offset,
    Instant timestamp,
    @Nullable K key,
    @Nullable V value,
    List<KafkaHeader> headers) {
  public KafkaRecord {
    headers = List.copyOf(headers);
  }
}
