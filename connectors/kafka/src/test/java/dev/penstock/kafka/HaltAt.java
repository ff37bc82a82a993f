package dev.penstock.kafka;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Ends its process, as SIGKILL would, at a point of writing in transactions: an interceptor of
/// Kafka's clients, named in the URL of a connection by [#url].
public final class HaltAt
    implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {
  private static final String SETTING = "halt.at";
  private static final AtomicInteger PASSED = new AtomicInteger();

  /// Where the process ends.
  enum Point {
    /// A claim is written, and nobody is fenced yet.
    CLAIMED,
    /// Records are in the topic, in an open transaction.
    WRITTEN,
    /// The positions are in their topic, and nothing is committed.
    MOVED,
    /// A unit is committed, and the next begun.
    COMMITTED
  }

  private @Nullable Point point;
  private int times;
  private boolean moved;

  /// The URL of a connection whose clients end the process when the point is passed so often.
  static String url(String kafka, Point point, int times) {
    return kafka
        + (kafka.contains("?") ? "&" : "?")
        + "interceptor.classes="
        + HaltAt.class.getName()
        + "&"
        + SETTING
        + "="
        + point
        + ":"
        + times;
  }

  @Override
  public void configure(Map<String, ?> settings) {
    String[] at = String.valueOf(settings.get(SETTING)).split(":");
    point = Point.valueOf(at[0]);
    times = Integer.parseInt(at[1]);
  }

  private void pass(Point passed) {
    if (passed == point && PASSED.incrementAndGet() == times) {
      Runtime.getRuntime().halt(137);
    }
  }

  @Override
  public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
    if (moved && !record.topic().startsWith(PositionsTopic.PREFIX)) {
      pass(Point.COMMITTED);
      moved = false;
    }
    return record;
  }

  @Override
  public void onAcknowledgement(RecordMetadata sent, @Nullable Exception failure) {
    if (failure != null) {
      return;
    }
    if (!sent.topic().startsWith(PositionsTopic.PREFIX)) {
      pass(Point.WRITTEN);
    } else if (sent.partition() == 0) {
      pass(Point.CLAIMED);
    } else {
      pass(Point.MOVED);
      moved = true;
    }
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}
}
