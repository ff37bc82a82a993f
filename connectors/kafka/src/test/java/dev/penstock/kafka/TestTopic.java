package dev.penstock.kafka;

import dev.penstock.data.ConnectionName;
import dev.penstock.testkit.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// A topic of the broker for tests, made and filled by plain clients.
record TestTopic(String name) {

  static ConnectionName connection() {
    return new ConnectionName("kafka://" + KafkaBroker.address());
  }

  static TestTopic of(int partitions) throws Exception {
    TestTopic topic = new TestTopic(KafkaBroker.newTopic("topic"));
    topic.make(partitions, Map.of());
    return topic;
  }

  void make(int partitions, Map<String, String> settings) throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings)))
          .all()
          .get();
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      for (int partition = 0; partition < partitions; partition++) {
        ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
      }
      while (!isReady(admin, ends)) {
        Thread.sleep(20);
      }
    }
  }

  /// Whether it can be written to.
  private static boolean isReady(Admin admin, Map<TopicPartition, OffsetSpec> ends)
      throws Exception {
    try {
      admin.listOffsets(ends).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  void delete() throws Exception {
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(name)).all().get();
    }
  }

  /// Waits until the broker has forgotten it.
  static void untilGone(TestTopic topic) throws Exception {
    try (Admin admin = admin()) {
      while (admin.listTopics().names().get().contains(topic.name)) {
        Thread.sleep(20);
      }
    }
  }

  /// Removes the oldest records of a partition.
  void expire(int partition, long before) throws Exception {
    try (Admin admin = admin()) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(before)))
          .all()
          .get();
    }
  }

  /// Where a group stands, by partition.
  Map<Integer, Long> offsets(String group) throws Exception {
    try (Admin admin = admin()) {
      Map<Integer, Long> offsets = new HashMap<>();
      for (Map.Entry<TopicPartition, OffsetAndMetadata> one :
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet()) {
        offsets.put(one.getKey().partition(), one.getValue().offset());
      }
      return offsets;
    }
  }

  /// Waits until what is committed, or aborted, can be seen: that is a little after the answer.
  static void awaitCompletedTransactions() throws Exception {
    var completing =
        new ListTransactionsOptions()
            .filterStates(List.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));
    try (Admin admin = admin()) {
      while (!admin.listTransactions(completing).all().get().isEmpty()) {
        Thread.sleep(5);
      }
    }
  }

  static Admin admin() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", KafkaBroker.address());
    return Admin.create(properties);
  }

  /// Sends values to a partition, in their order.
  void send(int partition, List<byte[]> values) throws Exception {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", KafkaBroker.address());
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (byte[] value : values) {
        sent.add(producer.send(new ProducerRecord<>(name, partition, null, value)));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  void sendTexts(int partition, List<String> values) throws Exception {
    send(partition, values.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
  }
}
