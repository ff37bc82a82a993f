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

  /// Makes records, for one thread at a time.
  interface Maker<T> extends AutoCloseable {
    T make(ConsumerRecord<byte[], byte[]> record) throws Exception;

    @Override
    void close();
  }

  /// Makes the records of one reader.
  ///
  /// @param reading of the thread that reads
  /// @param fetching of the thread that fetches, which makes records while the reader has others to
  ///   go on with; null where the user's own code makes them, which may take long or fail a thread
  record Makers<T>(Maker<T> reading, @Nullable Maker<T> fetching) implements AutoCloseable {
    @Override
    public void close() {
      try (reading;
          fetching) {
        // both are closed, whatever one of them throws
      }
    }
  }

  /// A new one, for one thread, which closes it.
  Maker<T> maker() throws Exception;

  /// Whether no code of the user's is called but the constructors of records.
  boolean isOurs();

  /// New ones, for a reader, who closes them.
  default Makers<T> makers() throws Exception {
    return new Makers<>(maker(), isOurs() ? maker() : null);
  }

  private static boolean isOurs(KafkaFormat<?> format) {
    return switch (format) {
      case KafkaFormat.Json<?> _, KafkaFormat.Text _, KafkaFormat.Bytes _ -> true;
      case KafkaFormat.Own<?> _, KafkaFormat.Serde<?> _ -> false;
    };
  }

  /// The values alone.
  record Values<T>(KafkaFormat<T> format) implements Shape<T> {
    @Override
    public Maker<T> maker() throws Exception {
      return new OfValues<>(format.decoder());
    }

    @Override
    public boolean isOurs() {
      return Shape.isOurs(format);
    }
  }

  record OfValues<T>(KafkaFormat.Decoder<T> values) implements Maker<T> {
    @Override
    public T make(ConsumerRecord<byte[], byte[]> record) throws Exception {
      byte @Nullable [] value = record.value();
      if (value == null) {
        throw new IllegalArgumentException(
            "it has no value (a tombstone, which deletes its key); filter them by records(…)");
      }
      return values.decode(record.topic(), record.headers(), value);
    }

    @Override
    public void close() {
      values.close();
    }
  }

  /// All that Kafka knows.
  record Whole<K, V>(KafkaFormat<K> key, KafkaFormat<V> value) implements Shape<KafkaRecord<K, V>> {
    @Override
    public Maker<KafkaRecord<K, V>> maker() throws Exception {
      KafkaFormat.Decoder<K> keys = key.decoder();
      try {
        return new OfRecords<>(keys, value.decoder());
      } catch (Throwable e) {
        keys.close();
        throw e;
      }
    }

    @Override
    public boolean isOurs() {
      return Shape.isOurs(key) && Shape.isOurs(value);
    }
  }

  record OfRecords<K, V>(KafkaFormat.Decoder<K> keys, KafkaFormat.Decoder<V> values)
      implements Maker<KafkaRecord<K, V>> {
    @Override
    public KafkaRecord<K, V> make(ConsumerRecord<byte[], byte[]> record) throws Exception {
      return new KafkaRecord<>(
          record.topic(),
          record.partition(),
          record.offset(),
          Instant.ofEpochMilli(record.timestamp()),
          decode(keys, record, record.key()),
          decode(values, record, record.value()),
          headers(record));
    }

    private static <T> @Nullable T decode(
        KafkaFormat.Decoder<T> decoder,
        ConsumerRecord<byte[], byte[]> record,
        byte @Nullable [] bytes)
        throws Exception {
      return bytes == null ? null : decoder.decode(record.topic(), record.headers(), bytes);
    }

    private static List<KafkaHeader> headers(ConsumerRecord<byte[], byte[]> record) {
      List<KafkaHeader> headers = new ArrayList<>();
      for (Header header : record.headers()) {
        headers.add(new KafkaHeader(header.key(), header.value()));
      }
      return headers;
    }

    @Override
    public void close() {
      try (keys) {
        values.close();
      }
    }
  }
}
