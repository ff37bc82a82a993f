package dev.penstock.kafka;

import dev.penstock.pipeline.connector.PlainWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/// Sends records to a topic. The broker's answers come later, on the producer's thread; what it
/// refuses is told at the next chance.
final class TopicWriter<T> implements PlainWriter<T> {
  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final Addressing.Letters<T> letters;
  private final ClientSettings settings;
  private long bytes;
  private boolean closed;

  /// What was refused and not told yet; guarded by itself.
  private final List<Refused<T>> refused = new ArrayList<>();

  /// Why nothing more can be sent.
  private volatile @Nullable Exception broken;

  private record Refused<T>(T record, Exception why) {}

  TopicWriter(
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      Addressing.Letters<T> letters,
      ClientSettings settings) {
    this.producer = producer;
    this.topic = topic;
    this.letters = letters;
    this.settings = settings;
  }

  @Override
  public void write(T record) throws Exception {
    throwBroken();
    ProducerRecord<byte[], byte[]> letter = letters.of(record);
    try {
      producer.send(letter, (sent, failure) -> answered(record, sent, failure));
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException e) {
      throw settings.failure("sending to topic \"" + topic + "\" failed", e);
    }
    bytes += letter.value().length;
  }

  private void answered(T record, @Nullable RecordMetadata sent, @Nullable Exception failure) {
    if (failure == null) {
      return;
    }
    if (isRecordAtFault(failure)) {
      synchronized (refused) {
        refused.add(
            new Refused<>(
                record,
                new UndeliverableRecord(
                    "topic \"" + topic + "\" refused the record: " + failure.getMessage(),
                    failure)));
      }
    } else if (broken == null) {
      broken = settings.failure("sending to topic \"" + topic + "\" failed", failure);
    }
  }

  private static boolean isRecordAtFault(Exception failure) {
    return failure instanceof RecordTooLargeException
        || failure instanceof InvalidRecordException
        || failure instanceof InvalidTimestampException;
  }

  private void throwBroken() throws Exception {
    Exception cause = broken;
    if (cause != null) {
      throw cause;
    }
  }

  @Override
  public void refused(BiConsumer<? super T, Exception> each) {
    List<Refused<T>> taken;
    synchronized (refused) {
      if (refused.isEmpty()) {
        return;
      }
      taken = List.copyOf(refused);
      refused.clear();
    }
    taken.forEach(one -> each.accept(one.record(), one.why()));
  }

  @Override
  public void flush() throws Exception {
    try {
      producer.flush();
    } catch (InterruptException e) {
      throw interrupted(e);
    }
    throwBroken();
  }

  private static InterruptedException interrupted(InterruptException e) {
    Thread.interrupted(); // as whoever throws the other one has it
    InterruptedException other = new InterruptedException(e.getMessage());
    other.initCause(e);
    return other;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  /// What was not flushed is of a run that failed: nobody waits for it.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean interrupted = Thread.interrupted();
    producer.close(Duration.ofSeconds(5));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
