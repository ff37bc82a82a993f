package dev.penstock.kafka;

import dev.penstock.pipeline.connector.PlainWriter;
import java.util.function.BiConsumer;
import org.apache.kafka.common.KafkaException;

/// Sends records to a topic. What the broker refuses is told at the next chance.
final class TopicWriter<T> implements PlainWriter<T> {
  private final Sending<T> sending;

  TopicWriter(Sending<T> sending) {
    this.sending = sending;
  }

  @Override
  public void write(T record) throws Exception {
    try {
      sending.send(record);
    } catch (KafkaException e) {
      throw sending.failed(e);
    }
  }

  @Override
  public void refused(BiConsumer<? super T, Exception> each) {
    sending.takeRefused().forEach(one -> each.accept(one.record(), one.why()));
  }

  @Override
  public void flush() throws Exception {
    sending.flush();
    sending.throwBroken();
  }

  @Override
  public long bytes() {
    return sending.bytes();
  }

  @Override
  public void close() {
    sending.close();
  }
}
