package dev.penstock.kafka;

import dev.penstock.pipeline.plan.Fn;
import java.io.Serializable;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
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

    KafkaFormat.Encoder<T> encoder() throws Exception {
      return new KeyEncoder<>(key, format.encoder());
    }
  }

  /// Writes the keys of records.
  private record KeyEncoder<T, K>(Fn<T, @Nullable K> key, KafkaFormat.Encoder<K> keys)
      implements KafkaFormat.Encoder<T> {
    @Override
    public byte @Nullable [] encode(String topic, Headers headers, T record) throws Exception {
      K found = key.apply(record);
      return found == null ? null : keys.encode(topic, headers, found);
    }

    @Override
    public void close() {
      keys.close();
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

  /// Makes what is sent, for one thread at a time.
  record Letters<T>(
      String topic,
      Addressing<T> addressing,
      KafkaFormat.Encoder<T> keys,
      KafkaFormat.Encoder<T> values)
      implements AutoCloseable {

    @SuppressWarnings("NullAway") // a record without a key has null for one
    ProducerRecord<byte[], byte[]> of(T record) throws Exception {
      Fn<T, Integer> partition = addressing.partition();
      Headers headers = addressing.headersOf(record);
      byte @Nullable [] key = keys.encode(topic, headers, record);
      byte @Nullable [] value = values.encode(topic, headers, record);
      return new ProducerRecord<>(
          topic, partition == null ? null : partition.apply(record), key, value, headers);
    }

    @Override
    public void close() {
      try (keys) {
        values.close();
      }
    }
  }

  /// New ones, for a writer, who closes them.
  Letters<T> letters(String topic) throws Exception {
    KafkaFormat.Encoder<T> keys = key == null ? (_, _, _) -> null : key.encoder();
    try {
      return new Letters<>(topic, this, keys, format.encoder());
    } catch (Throwable e) {
      keys.close();
      throw e;
    }
  }

  private Headers headersOf(T record) throws Exception {
    Headers own = new RecordHeaders();
    if (headers != null) {
      headers.apply(record).forEach(header -> own.add(header.name(), header.value()));
    }
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
