package dev.penstock.kafka;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// What is made of Kafka's records.
///
/// @param <T> the type of the records of a source
sealed interface Shape<T> extends Serializable {

  /// Makes records, for one thread.
  interface Maker<T> {
    T make(ConsumerRecord<byte[], byte[]> record) throws Exception;
  }

  Maker<T> maker();

  /// The values alone.
  record Values<T>(KafkaFormat<T> format) implements Shape<T> {
    @Override
    public Maker<T> maker() {
      KafkaFormat.Codec<T> codec = format.codec();
      return record -> {
        byte @Nullable [] value = record.value();
        if (value == null) {
          throw new IllegalArgumentException(
              "it has no value (a tombstone, which deletes its key); filter them by records(…)");
        }
        return codec.decode(value);
      };
    }
  }

  /// All that Kafka knows.
  record Whole<K, V>(KafkaFormat<K> key, KafkaFormat<V> value) implements Shape<KafkaRecord<K, V>> {
    @Override
    public Maker<KafkaRecord<K, V>> maker() {
      KafkaFormat.Codec<K> keys = key.codec();
      KafkaFormat.Codec<V> values = value.codec();
      return record ->
          new KafkaRecord<>(
              record.topic(),
              record.partition(),
              record.offset(),
              Instant.ofEpochMilli(record.timestamp()),
              decode(keys, record.key()),
              decode(values, record.value()),
              headers(record));
    }

    private static <T> @Nullable T decode(KafkaFormat.Codec<T> codec, byte @Nullable [] bytes)
        throws Exception {
      return bytes == null ? null : codec.decode(bytes);
    }

    private static List<KafkaHeader> headers(ConsumerRecord<byte[], byte[]> record) {
      List<KafkaHeader> headers = new ArrayList<>();
      for (Header header : record.headers()) {
        headers.add(new KafkaHeader(header.key(), header.value()));
      }
      return headers;
    }
  }
}
