package dev.penstock.kafka;

import dev.penstock.data.ConnectionName;
import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.PlainWriter;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.pipeline.plan.Fn;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A topic; made by [Kafka#topic]. As it is, it is read from its oldest record on and without end,
/// or written to without keys. Settings of reading make a [KafkaSource] of it, those of writing a
/// [KafkaSink].
///
/// @param <T> the type of the values
public final class KafkaTopic<T> implements Source<T>, PlainSink<T> {
  private static final long serialVersionUID = 1L;

  private final ConnectionName connection;
  private final String topic;
  private final KafkaFormat<T> format;

  KafkaTopic(ConnectionName connection, String topic, KafkaFormat<T> format) {
    Topics.check(topic);
    this.connection = connection;
    this.topic = topic;
    this.format = format;
  }

  /// The topic to read.
  public KafkaSource<T> source() {
    return KafkaSource.of(connection, new Topics.Named(List.of(topic)), format);
  }

  /// The topic to write to.
  public KafkaSink<T> sink() {
    return KafkaSink.of(connection, topic, format);
  }

  /// See [KafkaSource#group].
  public KafkaSource<T> group(String group) {
    return source().group(group);
  }

  /// See [KafkaSource#fromLatest].
  public KafkaSource<T> fromLatest() {
    return source().fromLatest();
  }

  /// See [KafkaSource#fromTime].
  public KafkaSource<T> fromTime(Instant time) {
    return source().fromTime(time);
  }

  /// See [KafkaSource#fromOffset].
  public KafkaSource<T> fromOffset(long offset) {
    return source().fromOffset(offset);
  }

  /// See [KafkaSource#untilNow].
  public KafkaSource<T> untilNow() {
    return source().untilNow();
  }

  /// See [KafkaSource#untilTime].
  public KafkaSource<T> untilTime(Instant time) {
    return source().untilTime(time);
  }

  /// See [KafkaSource#untilRecords].
  public KafkaSource<T> untilRecords(long records) {
    return source().untilRecords(records);
  }

  /// See [KafkaSource#records].
  public <K> KafkaSource<KafkaRecord<K, T>> records(KafkaFormat<K> key) {
    return source().records(key);
  }

  /// See [KafkaSink#key].
  public KafkaSink<T> key(Fn<T, @Nullable String> key) {
    return sink().key(key);
  }

  /// See [KafkaSink#transactional].
  public TransactionalKafkaSink<T> transactional() {
    return sink().transactional();
  }

  @Override
  public Set<Trait> traits() {
    return source().traits();
  }

  @Override
  public List<Split> discover() throws Exception {
    return source().discover();
  }

  @Override
  public Reader<T> open(Assignments events) throws Exception {
    return source().open(events);
  }

  @Override
  public PlainWriter<T> open() throws Exception {
    return sink().open();
  }

  @Override
  public String describe() {
    return "Kafka.topic(" + connection + ", " + topic + ")";
  }

  @Override
  public String toString() {
    return describe();
  }
}
