package dev.penstock.kafka;

import dev.penstock.pipeline.plan.Fn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/// What a record is sent as: its bytes, key, partition and headers.
///
/// @param key null for no keys
/// @param partition null where the producer chooses
/// @param headers null for none
record Addressing<T>(
    KafkaFormat<T> format,
    @Nullable Keyed<T, ?> key,
    @Nullable Fn<T, Integer> partition,
    @Nullable Fn<T, List<KafkaHeader>> headers)
    implements Serializable {

  /// How keys are found and written.
  record Keyed<T, K>(Fn<T, @Nullable K> key, KafkaFormat<K> format) implements Serializable {

    Fn<T, byte @Nullable []> writer() {
      KafkaFormat.Codec<K> codec = format.codec();
      return record -> {
        K found = key.apply(record);
        return found == null ? null : codec.encode(found);
      };
    }
  }

  <K> Addressing<T> key(Fn<T, @Nullable K> key, KafkaFormat<K> format) {
    return new Addressing<>(this.format, new Keyed<>(key, format), partition, headers);
  }

  Addressing<T> partition(Fn<T, Integer> partition) {
    return new Addressing<>(format, key, partition, headers);
  }

  Addressing<T> headers(Fn<T, List<KafkaHeader>> headers) {
    return new Addressing<>(format, key, partition, headers);
  }

  /// Makes what is sent, for one thread.
  interface Letters<T> {
    ProducerRecord<byte[], byte[]> of(T record) throws Exception;
  }

  @SuppressWarnings("NullAway") // a record without a key has null for one
  Letters<T> letters(String topic) {
    KafkaFormat.Codec<T> values = format.codec();
    Fn<T, byte @Nullable []> keys = key == null ? _ -> null : key.writer();
    return record ->
        new ProducerRecord<>(
            topic,
            partition == null ? null : partition.apply(record),
            keys.apply(record),
            values.encode(record),
            headers == null ? List.of() : own(headers.apply(record)));
  }

  private static List<Header> own(List<KafkaHeader> headers) {
    List<Header> own = new ArrayList<>();
    headers.forEach(header -> own.add(new RecordHeader(header.name(), header.value())));
    return own;
  }

  /// As it is shown in the description of a sink.
  @Override
  public String toString() {
    return (key == null ? "" : ", keyed")
        + (partition == null ? "" : ", partitioned")
        + (headers == null ? "" : ", with headers");
  }
}
