package dev.penstock.kafka;

import dev.penstock.data.ConnectionName;
import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Topics to read; made by [Kafka]. Immutable: each setting gives a new value.
///
/// Records of one partition come in their order, partitions mixed. Without a group one run reads
/// all partitions that there are when it begins; in a group, runs of the same group share them, and
/// those that come later. Records of transactions are read when these are committed.
///
/// A value that cannot be decoded is the failure of its record, an [UndecodableRecord].
///
/// @param <T> the type of the records
public final class KafkaSource<T> implements Source<T> {
  private static final long serialVersionUID = 1L;

  private final ConnectionName connection;
  private final Topics topics;
  private final Shape<T> shape;
  private final Reading reading;

  private KafkaSource(ConnectionName connection, Topics topics, Shape<T> shape, Reading reading) {
    this.connection = connection;
    this.topics = topics;
    this.shape = shape;
    this.reading = reading;
  }

  static <T> KafkaSource<T> of(ConnectionName connection, Topics topics, KafkaFormat<T> format) {
    return new KafkaSource<>(connection, topics, new Shape.Values<>(format), Reading.ALL);
  }

  /// Shares the partitions among all runs of this group, here and on other machines, and goes on
  /// where the group has come to: as the target's positions say, which are committed with what is
  /// written, or else the group's offsets.
  public KafkaSource<T> group(String group) {
    return with(new Reading(group, reading.start(), reading.end()));
  }

  /// Begins with the oldest record, where no position is known. That is the default.
  public KafkaSource<T> fromEarliest() {
    return with(new Start.Earliest());
  }

  /// Begins with what comes after the run has begun, where no position is known.
  public KafkaSource<T> fromLatest() {
    return with(new Start.Latest());
  }

  /// Begins with the first record that is not older than `time`, where no position is known.
  public KafkaSource<T> fromTime(Instant time) {
    return with(new Start.At(time));
  }

  /// Begins with the record of this number in each partition, where no position is known.
  ///
  /// @param offset at least 0
  public KafkaSource<T> fromOffset(long offset) {
    return with(new Start.Offset(offset));
  }

  /// Ends behind the last record that is there when the run begins.
  public KafkaSource<T> untilNow() {
    return with(new End.Now());
  }

  /// Ends in front of the first record of each partition that is not older than `time`, and behind
  /// the last one that is there when the run begins.
  public KafkaSource<T> untilTime(Instant time) {
    return with(new End.Before(time));
  }

  /// Ends after so many records of all partitions together, or behind the last one that is there
  /// when the run begins.
  ///
  /// @param records at least 1
  public KafkaSource<T> untilRecords(long records) {
    return with(new End.After(records));
  }

  /// Reads keys, timestamps, headers and places as well.
  ///
  /// @param key the format of keys, such as [Kafka#text]
  public <K> KafkaSource<KafkaRecord<K, T>> records(KafkaFormat<K> key) {
    return switch (shape) {
      case Shape.Values<T>(KafkaFormat<T> value) ->
          new KafkaSource<>(connection, topics, new Shape.Whole<>(key, value), reading);
      case Shape.Whole<?, ?> _ ->
          throw new IllegalStateException("records(…) is said already: " + describe());
    };
  }

  private KafkaSource<T> with(Reading other) {
    return new KafkaSource<>(connection, topics, shape, other);
  }

  private KafkaSource<T> with(Start start) {
    return with(new Reading(reading.group(), start, reading.end()));
  }

  private KafkaSource<T> with(End end) {
    return with(new Reading(reading.group(), reading.start(), end));
  }

  @Override
  public Set<Trait> traits() {
    EnumSet<Trait> traits = EnumSet.of(Trait.SEEKABLE, Trait.SPLITTABLE, Trait.INTERLEAVED);
    if (reading.group() != null) {
      traits.add(Trait.GROUP);
    }
    if (!(reading.end() instanceof End.None)) {
      traits.add(Trait.BOUNDED);
    }
    return traits;
  }

  @Override
  public Optional<String> group() {
    return Optional.ofNullable(reading.group());
  }

  @Override
  public List<Split> discover() throws InterruptedException {
    try (Cluster cluster = Cluster.of(connection, ClientSettings.of(connection))) {
      List<Split> splits = new ArrayList<>();
      for (TopicDescription topic : describe(cluster).values()) {
        for (TopicPartitionInfo partition : topic.partitions()) {
          TopicPartition named = new TopicPartition(topic.name(), partition.partition());
          splits.add(new PartitionId(named, topic.topicId()).split());
        }
      }
      return splits;
    }
  }

  private Map<String, TopicDescription> describe(Cluster cluster) throws InterruptedException {
    return cluster.describe(
        switch (topics) {
          case Topics.Named named -> named.names();
          case Topics.Matching matching ->
              cluster.names().stream().filter(matching::matches).toList();
        });
  }

  @Override
  public void recognise(Collection<Split> committed) throws InterruptedException {
    try (Cluster cluster = Cluster.of(connection, ClientSettings.of(connection))) {
      Map<String, TopicDescription> now = describe(cluster);
      for (Split split : committed) {
        PartitionId.parse(split)
            .ifPresent(id -> {
              TopicDescription topic = now.get(id.partition().topic());
              if (topic != null && !topic.topicId().equals(id.topic())) {
                throw TopicWatch.madeAnew(topic.name());
              }
            });
      }
    }
  }

  @Override
  public Reader<T> open(Assignments events) throws Exception {
    ClientSettings settings = ClientSettings.of(connection);
    Shape.Makers<T> makers = shape.makers();
    try {
      return open(events, settings, makers);
    } catch (Throwable e) {
      makers.close();
      throw e;
    }
  }

  private Reader<T> open(Assignments events, ClientSettings settings, Shape.Makers<T> makers)
      throws InterruptedException {
    Cluster cluster = Cluster.of(connection, settings);
    try {
      describe(cluster); // says now what is missing
      KafkaConsumer<byte[], byte[]> consumer = consumer(settings);
      Backlog<T> backlog = new Backlog<>();
      Consuming<T> consuming =
          reading.group() == null
              ? new AssignedConsuming<>(
                  consumer, cluster, backlog, settings, makers, reading.start(), reading.end())
              : new GroupConsuming<>(
                  consumer,
                  cluster,
                  backlog,
                  settings,
                  makers,
                  topics,
                  reading.start(),
                  events,
                  patience(settings));
      return new KafkaReader<>(backlog, consuming);
    } catch (Throwable e) {
      cluster.close();
      throw e;
    }
  }

  /// A member that does not answer within `max.poll.interval.ms` is put out of the group.
  private static Duration patience(ClientSettings settings) {
    return Duration.ofMillis(
        Long.parseLong(settings.get("max.poll.interval.ms", "300000")) * 4 / 5);
  }

  private KafkaConsumer<byte[], byte[]> consumer(ClientSettings settings) {
    Map<String, String> defaults = new HashMap<>();
    defaults.put("max.poll.records", "4000");
    defaults.put("fetch.max.bytes", "16777216");
    if (!(reading.end() instanceof End.None)) {
      defaults.put("fetch.max.wait.ms", "20"); // all that is wanted is there already
    }
    defaults.put("isolation.level", "read_committed");
    defaults.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    var properties = settings.properties(defaults);
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "none");
    if (reading.group() != null) {
      properties.put("group.id", reading.group());
    }
    try {
      return new KafkaConsumer<>(
          properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw settings.failure("cannot connect to " + connection, e);
    }
  }

  @Override
  public String describe() {
    StringBuilder text = new StringBuilder("Kafka.topic(");
    text.append(connection).append(", ").append(topics);
    if (reading.group() != null) {
      text.append(", group ").append(reading.group());
    }
    text.append(
        switch (reading.start()) {
          case Start.Earliest _ -> "";
          case Start.Latest _ -> ", from the latest";
          case Start.At(Instant time) -> ", from " + time;
          case Start.Offset(long offset) -> ", from offset " + offset;
        });
    text.append(
        switch (reading.end()) {
          case End.None _ -> "";
          case End.Now _ -> ", until now";
          case End.Before(Instant time) -> ", until " + time;
          case End.After(long records) -> ", until " + records + " records";
        });
    return text.append(')').toString();
  }

  @Override
  public String toString() {
    return describe();
  }
}
