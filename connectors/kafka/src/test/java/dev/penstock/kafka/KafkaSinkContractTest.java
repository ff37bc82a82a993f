package dev.penstock.kafka;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.testkit.PlainSinkContract;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// A topic of one partition, so that the order can be seen.
class KafkaSinkContractTest extends PlainSinkContract<KafkaSinkContractTest.Count> {
  record Count(String room, long count) {}

  private TestTopic topic;

  /// The broker outlives the tests, and is not what they leave behind.
  @BeforeAll
  static void startBroker() throws Exception {
    TestTopic.of(1);
  }

  @BeforeEach
  void makeTopic() throws Exception {
    topic = TestTopic.of(1);
  }

  private KafkaTopic<Count> target() {
    return Kafka.topic(TestTopic.connection(), topic.name(), Count.class);
  }

  @Override
  protected PlainSink<Count> sink() {
    return target().key(Count::room);
  }

  @Override
  protected Count record(int i) {
    return new Count("room " + i, i);
  }

  @Override
  protected List<Count> visible() {
    return Pipeline.from(target().untilNow()).toList();
  }

  @Override
  protected boolean removesHalfWritten() {
    return false;
  }
}
