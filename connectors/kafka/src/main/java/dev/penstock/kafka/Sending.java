package dev.penstock.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/// A producer that sends records to a topic. The broker's answers come later, on the producer's
/// thread; they are kept until they are asked for. For one thread.
///
/// @param <T> the type of the records
final class Sending<T> implements AutoCloseable {
  final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final Addressing.Letters<T> letters;
  private final ClientSettings settings;
  private long bytes;
  private boolean closed;

  /// What was refused and not told yet; guarded by itself.
  private final List<Refused<T>> refused = new ArrayList<>();

  /// Why nothing more can be sent.
  private volatile @Nullable Exception broken;

  /// A record that the broker, or the producer, will not take.
  record Refused<T>(T record, UndeliverableRecord why) {}

  Sending(
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      Addressing.Letters<T> letters,
      ClientSettings settings) {
    this.producer = producer;
    this.topic = topic;
    this.letters = letters;
    this.settings = settings;
  }

  /// @throws KafkaException when the producer takes nothing
  /// @throws Exception when the record cannot be made into bytes
  void send(T record) throws Exception {
    throwBroken();
    ProducerRecord<byte[], byte[]> letter = letters.of(record);
    byte @Nullable [] value = letter.value();
    try {
      producer.send(letter, (sent, failure) -> answered(record, sent, failure));
    } catch (InterruptException e) {
      throw interrupted(e);
    }
    bytes += value == null ? 0 : value.length;
  }

  private void answered(T record, @Nullable RecordMetadata sent, @Nullable Exception failure) {
    if (failure == null) {
      return;
    }
    if (isRecordAtFault(failure)) {
      String message = "topic \"" + topic + "\" refused the record: " + failure.getMessage();
      synchronized (refused) {
        refused.add(new Refused<>(record, new UndeliverableRecord(message, failure)));
      }
    } else if (broken == null) {
      broken = failed(failure);
    }
  }

  private static boolean isRecordAtFault(Exception failure) {
    return failure instanceof RecordTooLargeException
        || failure instanceof InvalidRecordException
        || failure instanceof InvalidTimestampException;
  }

  /// Waits for the answers to all that was sent.
  void flush() throws Exception {
    try {
      producer.flush();
    } catch (InterruptException e) {
      throw interrupted(e);
    }
  }

  void throwBroken() throws Exception {
    Exception cause = broken;
    if (cause != null) {
      throw cause;
    }
  }

  /// Those that were refused since this was called before.
  List<Refused<T>> takeRefused() {
    synchronized (refused) {
      List<Refused<T>> taken = List.copyOf(refused);
      refused.clear();
      return taken;
    }
  }

  /// Forgets the answers, when what was sent is taken back.
  void forgetAnswers() {
    takeRefused();
    broken = null;
  }

  KafkaFailure failed(Exception e) {
    return settings.failure("sending to topic \"" + topic + "\" failed", e);
  }

  static InterruptedException interrupted(InterruptException e) {
    Thread.interrupted(); // as whoever throws the other one has it
    InterruptedException other = new InterruptedException(e.getMessage());
    other.initCause(e);
    return other;
  }

  long bytes() {
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
    try (letters) {
      producer.close(Duration.ofSeconds(5));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
