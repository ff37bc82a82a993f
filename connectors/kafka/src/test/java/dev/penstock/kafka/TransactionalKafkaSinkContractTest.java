package dev.penstock.kafka;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.testkit.TransactionalSinkContract;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// A topic that is written in transactions, as it is seen by who reads what is committed.
class TransactionalKafkaSinkContractTest
    extends TransactionalSinkContract<TransactionalKafkaSinkContractTest.Count> {
  record Count(String room, long count) {}

  private TestTopic topic;

  /// The broker outlives the tests, and is not what they leave behind, with what it opens for the
  /// first transaction.
  @BeforeAll
  static void startBroker() throws Exception {
    Pipeline.of("first")
        .to(
            Kafka.topic(TestTopic.connection(), TestTopic.of(1).name(), Kafka.text())
                .transactional())
        .run();
    TestTopic.awaitCompletedTransactions();
  }

  @BeforeEach
  void makeTopic() throws Exception {
    topic = TestTopic.of(2);
  }

  private KafkaTopic<Count> target() {
    return Kafka.topic(TestTopic.connection(), topic.name(), Count.class);
  }

  @Override
  protected TransactionalKafkaSink<Count> sink() {
    return target().key(Count::room).transactional();
  }

  @Override
  protected Count record(int i) {
    return new Count("room " + i, i);
  }

  @Override
  protected List<Count> visible() throws Exception {
    TestTopic.awaitCompletedTransactions();
    return Pipeline.from(target().untilNow()).toList();
  }

  @Override
  protected boolean claimsEndWholeWriters() {
    return true;
  }
}
