package dev.penstock.kafka;

import dev.penstock.data.ConnectionName;
import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.PlainWriter;
import dev.penstock.pipeline.plan.Fn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// A topic to write to; made by [Kafka#topic]. Immutable: each setting gives a new value.
///
/// Records are sent by an idempotent producer: what it sends again after a fault of the network is
/// in the topic once, and the order of each partition stays. A record that the broker refuses, for
/// one because it is too large, is a failure of that record. What a run writes can be read at once,
/// also if the run fails later: at least once, unless it is [#transactional].
///
/// @param <T> the type of the records
public final class KafkaSink<T> implements PlainSink<T> {
  private static final long serialVersionUID = 1L;

  private final ConnectionName connection;
  private final String topic;
  private final Addressing<T> addressing;
  private final int create;

  private KafkaSink(ConnectionName connection, String topic, Addressing<T> addressing, int create) {
    this.connection = connection;
    this.topic = topic;
    this.addressing = addressing;
    this.create = create;
  }

  static <T> KafkaSink<T> of(ConnectionName connection, String topic, KafkaFormat<T> format) {
    return new KafkaSink<>(connection, topic, new Addressing<>(format, null, null, null), 0);
  }

  /// Gives records a key, a text in UTF-8. Records with the same key go to the same partition,
  /// which keeps their order; a function may return null for a record without a key.
  public KafkaSink<T> key(Fn<T, @Nullable String> key) {
    return key(key, Kafka.text());
  }

  /// Gives records a key of this format.
  public <K> KafkaSink<T> key(Fn<T, @Nullable K> key, KafkaFormat<K> format) {
    return with(addressing.key(key, format));
  }

  /// Chooses the partition of a record, counted from 0; without it the key does, or the producer
  /// spreads records evenly.
  public KafkaSink<T> partition(Fn<T, Integer> partition) {
    return with(addressing.partition(partition));
  }

  /// Gives records headers.
  public KafkaSink<T> headers(Fn<T, List<KafkaHeader>> headers) {
    return with(addressing.headers(headers));
  }

  /// Makes the topic when a run begins, if it is not there.
  ///
  /// @param partitions at least 1
  public KafkaSink<T> create(int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions must be at least 1, was " + partitions);
    }
    return new KafkaSink<>(connection, topic, addressing, partitions);
  }

  private KafkaSink<T> with(Addressing<T> other) {
    return new KafkaSink<>(connection, topic, other, create);
  }

  /// Writes in transactions, and keeps the positions of pipelines beside the topic: exactly once.
  public TransactionalKafkaSink<T> transactional() {
    return new TransactionalKafkaSink<>(this, connection, topic);
  }

  @Override
  public PlainWriter<T> open() throws Exception {
    return new TopicWriter<>(sending(Map.of()));
  }

  /// Looks for the topic, or makes it, and begins to send to it.
  ///
  /// @param more properties of the producer; those of the connection come first
  Sending<T> sending(Map<String, String> more) throws Exception {
    ClientSettings settings = ClientSettings.of(connection);
    try (Cluster cluster = Cluster.of(connection, settings)) {
      if (create > 0) {
        cluster.create(topic, create, Map.of());
      } else {
        cluster.describe(List.of(topic));
      }
    }
    Addressing.Letters<T> letters = addressing.letters(topic);
    try {
      return new Sending<>(producer(settings, more), topic, letters, settings);
    } catch (Throwable e) {
      letters.close();
      throw e;
    }
  }

  private KafkaProducer<byte[], byte[]> producer(
      ClientSettings settings, Map<String, String> more) {
    Map<String, String> defaults = new HashMap<>(more);
    defaults.put("linger.ms", "20");
    defaults.put("batch.size", "131072");
    Properties properties = settings.properties(defaults);
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    try {
      return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      throw settings.failure("cannot connect to " + connection, e);
    }
  }

  @Override
  public String describe() {
    return "Kafka.topic(" + connection + ", " + topic + addressing + ")";
  }

  @Override
  public String toString() {
    return describe();
  }
}
