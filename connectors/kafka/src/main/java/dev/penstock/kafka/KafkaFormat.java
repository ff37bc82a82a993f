package dev.penstock.kafka;

import dev.penstock.data.JsonCodec;
import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Supply;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// How keys and values are made of bytes and back; the usual ones are made by [Kafka]. A
/// description only: each reader gets a [Decoder] of its own, and each writer an [Encoder].
///
/// @param <T> the type of the values
public sealed interface KafkaFormat<T> extends Serializable {

  /// Makes values of bytes, for one thread at a time.
  interface Decoder<T> extends AutoCloseable {
    /// @param topic where the record is from
    /// @param headers of the record
    T decode(String topic, Headers headers, byte[] bytes) throws Exception;

    @Override
    default void close() {}
  }

  /// Makes bytes of values, for one thread at a time.
  interface Encoder<T> extends AutoCloseable {
    /// @param topic where the record goes
    /// @param headers of the record, to which it may add
    byte @Nullable [] encode(String topic, Headers headers, T value) throws Exception;

    @Override
    default void close() {}
  }

  /// A new one, for a reader, who closes it.
  Decoder<T> decoder() throws Exception;

  /// A new one, for a writer, who closes it.
  Encoder<T> encoder() throws Exception;

  /// Records, or rows, as JSON.
  record Json<T>(Class<T> type) implements KafkaFormat<T> {
    public Json {
      JsonCodec.of(type); // says now what it cannot hold
    }

    @Override
    public Decoder<T> decoder() {
      JsonCodec<T> json = JsonCodec.of(type);
      return (topic, headers, bytes) -> json.read(bytes, 0, bytes.length);
    }

    @Override
    public Encoder<T> encoder() {
      JsonCodec<T> json = JsonCodec.of(type);
      return (topic, headers, value) -> json.write(value);
    }
  }

  /// Texts in UTF-8.
  enum Text implements KafkaFormat<String> {
    UTF_8;

    @Override
    public Decoder<String> decoder() {
      return (topic, headers, bytes) -> new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public Encoder<String> encoder() {
      return (topic, headers, value) -> value.getBytes(StandardCharsets.UTF_8);
    }
  }

  /// The bytes as they are.
  enum Bytes implements KafkaFormat<byte[]> {
    AS_THEY_ARE;

    @Override
    public Decoder<byte[]> decoder() {
      return (topic, headers, bytes) -> bytes;
    }

    @Override
    public Encoder<byte[]> encoder() {
      return (topic, headers, value) -> value;
    }
  }

  /// By functions of the user's, which several threads may call at once.
  record Own<T>(Fn<byte[], T> decode, Fn<T, byte[]> encode) implements KafkaFormat<T> {
    @Override
    public Decoder<T> decoder() {
      return (topic, headers, bytes) -> decode.apply(bytes);
    }

    @Override
    public Encoder<T> encoder() {
      return (topic, headers, value) -> encode.apply(value);
    }
  }

  /// By Kafka's own interfaces, as the clients of schema registries implement them.
  record Serde<T>(
      Class<T> type,
      Supply<? extends Deserializer<?>> deserializer,
      Supply<? extends Serializer<? super T>> serializer)
      implements KafkaFormat<T> {
    public Serde {
      if (type.isPrimitive()) {
        throw new IllegalArgumentException(
            "values are objects, not of type " + type + ": name the class of these");
      }
    }

    @Override
    public Decoder<T> decoder() throws Exception {
      return new SerdeDecoder<>(type, deserializer.get());
    }

    @Override
    public Encoder<T> encoder() throws Exception {
      return new SerdeEncoder<>(serializer.get());
    }
  }
}
