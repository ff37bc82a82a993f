package dev.penstock.kafka;

import dev.penstock.testkit.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/// What a plain consumer that reads only what is committed sees of a topic of two partitions.
final class Committed implements AutoCloseable {
  private final KafkaConsumer<String, String> consumer;
  private final Set<String> values = new HashSet<>();
  private final List<String> twice = new ArrayList<>();

  Committed(TestTopic topic) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", KafkaBroker.address());
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    consumer.assign(
        IntStream.range(0, 2).mapToObj(i -> new TopicPartition(topic.name(), i)).toList());
  }

  /// How many there are by now.
  int size() {
    consumer
        .poll(Duration.ofMillis(50))
        .forEach(record -> {
          if (!values.add(record.value())) {
            twice.add(record.value());
          }
        });
    return values.size();
  }

  Set<String> values() {
    return values;
  }

  List<String> twice() {
    return twice;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
