package dev.penstock.kafka;

import dev.penstock.data.JsonCodec;
import dev.penstock.pipeline.plan.Fn;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/// How keys and values are made of bytes and back; the usual ones are made by [Kafka]. A
/// description only: each reader and writer gets a [Codec] of its own.
///
/// @param <T> the type of the values
public sealed interface KafkaFormat<T> extends Serializable {

  /// Reads and writes values, for one thread.
  interface Codec<T> {
    T decode(byte[] bytes) throws Exception;

    byte[] encode(T value) throws Exception;
  }

  Codec<T> codec();

  /// Records, or rows, as JSON.
  record Json<T>(Class<T> type) implements KafkaFormat<T> {
    public Json {
      JsonCodec.of(type); // says now what it cannot hold
    }

    @Override
    public Codec<T> codec() {
      JsonCodec<T> json = JsonCodec.of(type);
      return new Codec<>() {
        @Override
        public T decode(byte[] bytes) {
          return json.read(bytes, 0, bytes.length);
        }

        @Override
        public byte[] encode(T value) {
          return json.write(value);
        }
      };
    }
  }

  /// Texts in UTF-8.
  enum Text implements KafkaFormat<String>, Codec<String> {
    UTF_8;

    @Override
    public Codec<String> codec() {
      return this;
    }

    @Override
    public String decode(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public byte[] encode(String value) {
      return value.getBytes(StandardCharsets.UTF_8);
    }
  }

  /// The bytes as they are.
  enum Bytes implements KafkaFormat<byte[]>, Codec<byte[]> {
    AS_THEY_ARE;

    @Override
    public Codec<byte[]> codec() {
      return this;
    }

    @Override
    public byte[] decode(byte[] bytes) {
      return bytes;
    }

    @Override
    public byte[] encode(byte[] value) {
      return value;
    }
  }

  /// By functions of the user's, which several threads may call at once.
  record Own<T>(Fn<byte[], T> decoder, Fn<T, byte[]> encoder) implements KafkaFormat<T> {
    @Override
    public Codec<T> codec() {
      return new Codec<>() {
        @Override
        public T decode(byte[] bytes) throws Exception {
          return decoder.apply(bytes);
        }

        @Override
        public byte[] encode(T value) throws Exception {
          return encoder.apply(value);
        }
      };
    }
  }
}
