package dev.penstock.kafka;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/// Reads values by a deserializer of Kafka's interface.
///
/// @param type what its values have to be
record SerdeDecoder<T>(Class<T> type, Deserializer<?> deserializer)
    implements KafkaFormat.Decoder<T> {

  @Override
  public T decode(String topic, Headers headers, byte[] bytes) throws InterruptedException {
    @Nullable Object value;
    try {
      value = deserializer.deserialize(topic, headers, bytes);
    } catch (RuntimeException e) {
      SerdeFailure.throwUnlessOfRecord(e, "records of topic \"" + topic + "\" cannot be read");
      throw new IllegalArgumentException(SerdeFailure.reason(e), e);
    }
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "the deserializer gives %s, wanted %s"
              .formatted(value == null ? "null" : value.getClass().getName(), type.getName()));
    }
    return type.cast(value);
  }

  @Override
  public void close() {
    deserializer.close();
  }
}
