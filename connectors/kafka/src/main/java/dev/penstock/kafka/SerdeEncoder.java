package dev.penstock.kafka;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// Writes values by a serializer of Kafka's interface.
record SerdeEncoder<T>(Serializer<? super T> serializer) implements KafkaFormat.Encoder<T> {

  @Override
  public byte @Nullable [] encode(String topic, Headers headers, T value)
      throws InterruptedException {
    try {
      return serializer.serialize(topic, headers, value);
    } catch (RuntimeException e) {
      SerdeFailure.throwUnlessOfRecord(e, "records for topic \"" + topic + "\" cannot be made");
      throw new UndeliverableRecord(
          "the record cannot be made for topic \"%s\": %s".formatted(topic, SerdeFailure.reason(e)),
          e);
    }
  }

  @Override
  public void close() {
    serializer.close();
  }
}
