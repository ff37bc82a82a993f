package dev.penstock.kafka;

import dev.penstock.data.ConnectionName;
import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Supply;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/// Where programs begin with Kafka.
///
/// ```java
/// Kafka.topic(connection("kafka"), "rooms-v1", RoomCount.class).group("reckoning")
/// ```
///
/// A connection is a name, looked up when a run connects, or a URL:
/// `kafka://host:9092,other:9092?security.protocol=SSL`. What follows the question mark are
/// properties of Kafka's clients, as its documentation names them. With a user and a password,
/// `kafka://user:password@host:9092`, clients log in by SASL: by the mechanism PLAIN over TLS,
/// unless `sasl.mechanism` and `security.protocol` say otherwise. Messages never show a password.
public final class Kafka {
  private Kafka() {}

  /// A topic whose values are records in JSON: read by `Pipeline.from`, written by `to`.
  ///
  /// @param record a record class, or [Row]; fields that it does not have are not read
  public static <T> KafkaTopic<T> topic(ConnectionName connection, String topic, Class<T> record) {
    return topic(connection, topic, json(record));
  }

  /// A topic whose values are of this format.
  public static <T> KafkaTopic<T> topic(
      ConnectionName connection, String topic, KafkaFormat<T> format) {
    return new KafkaTopic<>(connection, topic, format);
  }

  /// Several topics, to read.
  public static <T> KafkaSource<T> topics(
      ConnectionName connection, List<String> topics, KafkaFormat<T> format) {
    return KafkaSource.of(connection, new Topics.Named(topics), format);
  }

  /// All topics whose whole name matches, to read. A group also reads those that are made later.
  public static <T> KafkaSource<T> topics(
      ConnectionName connection, Pattern topics, KafkaFormat<T> format) {
    return KafkaSource.of(connection, new Topics.Matching(topics), format);
  }

  /// Records, or rows, as JSON objects.
  ///
  /// @param record a record class, or [Row]
  public static <T> KafkaFormat<T> json(Class<T> record) {
    return new KafkaFormat.Json<>(record);
  }

  /// Texts in UTF-8.
  public static KafkaFormat<String> text() {
    return KafkaFormat.Text.UTF_8;
  }

  /// Bytes as they are.
  public static KafkaFormat<byte[]> bytes() {
    return KafkaFormat.Bytes.AS_THEY_ARE;
  }

  /// Values that functions of yours make of bytes and back. Several threads may call them at once.
  public static <T> KafkaFormat<T> format(Fn<byte[], T> decoder, Fn<T, byte[]> encoder) {
    return new KafkaFormat.Own<>(decoder, encoder);
  }

  /// Values that Kafka's own interfaces make of bytes and back, such as those that the client of a
  /// schema registry brings for Avro and Protobuf.
  ///
  /// ```java
  /// Kafka.serde(
  ///     GenericRecord.class,
  ///     () -> new KafkaAvroDeserializer(registry),
  ///     () -> new KafkaAvroSerializer(registry))
  /// ```
  ///
  /// They come as they are to be used, configured by whoever makes them. Each reader has a
  /// deserializer of its own, and each writer a serializer; they are used by one thread at a time,
  /// with topic and headers of the record, and closed with the reader or writer. Of a topic that is
  /// only read or only written, the other one is never made.
  ///
  /// What the deserializer throws is the failure of the record, an [UndecodableRecord], and so is a
  /// value that is not of `type`; what the serializer throws is an [UndeliverableRecord]. When
  /// their cause is that the registry cannot be reached, the run fails, by a [KafkaFailure].
  ///
  /// @param type the class of the values
  public static <T> KafkaFormat<T> serde(
      Class<T> type,
      Supply<? extends Deserializer<?>> deserializer,
      Supply<? extends Serializer<? super T>> serializer) {
    return new KafkaFormat.Serde<>(type, deserializer, serializer);
  }
}
