package dev.penstock.kafka;

import dev.penstock.data.BadJson;
import dev.penstock.data.ConnectionName;
import dev.penstock.data.JsonCodec;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// The compacted topic beside a topic that is written in transactions: in one partition who has
/// claimed which splits, in the other where these have come to.
///
/// @param name of this topic
record PositionsTopic(ConnectionName connection, ClientSettings settings, String name) {
  static final String PREFIX = "__penstock-positions-";

  private static final int CLAIMS = 0;
  private static final int POSITIONS = 1;
  private static final int LONGEST_NAME = 249;

  /// Small segments: what is in the newest one is not compacted, and read at each claim.
  private static final Map<String, String> CONFIGURATION =
      Map.of(
          "cleanup.policy",
          "compact",
          "segment.bytes",
          "4194304",
          "min.cleanable.dirty.ratio",
          "0.1");

  /// How long a writer may be between its positions and its commit before whoever wants to know
  /// where splits stand ends its transaction.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final int ATTEMPTS = 20;

  private static final JsonCodec<Claimed> CLAIM = JsonCodec.of(Claimed.class);
  private static final JsonCodec<Kept> KEPT = JsonCodec.of(Kept.class);

  /// That a split is claimed.
  ///
  /// @param claim the id of the claim
  /// @param writer the transactional id under which the claimed split is written
  record Claimed(String pipeline, String split, String claim, String writer, Instant at) {
    String key() {
      return String.join("\n", pipeline, split, claim, writer);
    }

    boolean isOf(String pipeline, Split split) {
      return this.pipeline.equals(pipeline) && this.split.equals(split.id());
    }

    /// Whether it is the claim itself, and not that another writer has taken it on.
    boolean isFirst() {
      return claim.equals(writer);
    }
  }

  /// Where a split stands.
  ///
  /// @param writer the transactional id of who has moved it there
  /// @param number of the commit
  record Kept(
      String pipeline,
      String split,
      String writer,
      long number,
      byte[] position,
      Map<String, byte[]> states,
      Instant at) {
    static Kept of(TransactionClaim claim, Split split, long number, Position to, Cut cut) {
      return new Kept(
          claim.pipeline(),
          split.id(),
          claim.id(),
          number,
          to.token(),
          cut.states(),
          Instant.now());
    }

    String key() {
      return pipeline + "\n" + split;
    }

    Entry entry() {
      return new Entry(
          number, Optional.empty(), Optional.of(new Position(position)), states, Optional.empty());
    }
  }

  static PositionsTopic beside(ConnectionName connection, ClientSettings settings, String topic) {
    return new PositionsTopic(connection, settings, nameFor(topic));
  }

  /// @throws IllegalArgumentException when the topic's own name leaves no room for it
  static String nameFor(String topic) {
    String name = PREFIX + topic;
    if (name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "the name of a topic that is written in transactions must have at most %d characters, since its positions are kept in \"%s…\"; this one has %d"
              .formatted(LONGEST_NAME - PREFIX.length(), PREFIX, topic.length()));
    }
    return name;
  }

  void make(Cluster cluster) throws InterruptedException {
    if (!cluster.has(name)) {
      cluster.create(name, 2, CONFIGURATION);
    }
  }

  // Reading

  /// The claims that stand, in their order; by key.
  Map<String, Claimed> claims(Cluster cluster) throws InterruptedException {
    Map<String, Claimed> claims = new LinkedHashMap<>();
    long end = end(cluster, CLAIMS);
    Taking taking = record -> put(claims, record, value -> CLAIM.read(value, 0, value.length));
    requireRead(read(CLAIMS, 0, end, "read_uncommitted", taking), end);
    return claims;
  }

  /// Where all splits stand; by key. Waits a while for commits that are under way, then ends those
  /// who have begun them: they were killed, or hang, and would hold up everybody.
  Map<String, Kept> positions(Cluster cluster) throws InterruptedException {
    Map<String, Kept> kept = new LinkedHashMap<>();
    long end = end(cluster, POSITIONS);
    Taking taking = record -> put(kept, record, value -> KEPT.read(value, 0, value.length));
    long at = read(POSITIONS, 0, end, "read_committed", taking);
    for (int attempt = 0; at < end && attempt < ATTEMPTS; attempt++) {
      cluster.fence(undecided(at, end));
      at = read(POSITIONS, at, end, "read_committed", taking);
    }
    requireRead(at, end);
    return kept;
  }

  /// Who has moved positions there of which it is not known whether they are committed.
  private Set<String> undecided(long from, long end) throws InterruptedException {
    Map<String, Kept> moved = new LinkedHashMap<>();
    Set<String> writers = new HashSet<>();
    read(
        POSITIONS,
        from,
        end,
        "read_uncommitted",
        record -> {
          put(moved, record, value -> KEPT.read(value, 0, value.length));
          moved.values().forEach(kept -> writers.add(kept.writer()));
        });
    return writers;
  }

  private void requireRead(long at, long end) {
    if (at < end) {
      throw new KafkaFailure(
          "topic \"%s\" of %s cannot be read to its end: it stands at offset %d of %d"
              .formatted(name, connection, at, end),
          null);
    }
  }

  private long end(Cluster cluster, int number) throws InterruptedException {
    TopicPartition partition = new TopicPartition(name, number);
    return Objects.requireNonNull(cluster.ends(List.of(partition)).get(partition));
  }

  private interface Decoder<V> {
    V decode(byte[] value);
  }

  private interface Taking {
    void take(ConsumerRecord<byte[], byte[]> record);
  }

  private <V> void put(
      Map<String, V> into, ConsumerRecord<byte[], byte[]> record, Decoder<V> decoder) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    byte @Nullable [] value = record.value();
    if (value == null) {
      into.remove(key);
      return;
    }
    try {
      into.put(key, decoder.decode(value));
    } catch (BadJson e) {
      throw new KafkaFailure(
          "topic \"%s\", partition %d, offset %d is no position of Penstock's: %s"
              .formatted(name, record.partition(), record.offset(), e.getMessage()),
          e);
    }
  }

  /// Reads a part of a partition, as far as it can be read.
  ///
  /// @param from 0 for the oldest record
  /// @return where it has come to: the end, unless a transaction in front of it is not decided
  private long read(int number, long from, long end, String isolation, Taking taking)
      throws InterruptedException {
    TopicPartition partition = new TopicPartition(name, number);
    Properties properties = settings.properties(Map.of("fetch.max.wait.ms", "50"));
    properties.put("isolation.level", isolation);
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, from);
      long at = from;
      long until = System.nanoTime() + PATIENCE.toNanos();
      while (at < end && System.nanoTime() < until) {
        consumer.poll(Duration.ofMillis(200)).forEach(taking::take);
        long now = consumer.position(partition);
        if (now > at) {
          at = now;
          until = System.nanoTime() + PATIENCE.toNanos();
        }
      }
      return at;
    } catch (InterruptException e) {
      throw Sending.interrupted(e);
    } catch (KafkaException e) {
      throw settings.failure("reading topic \"" + name + "\" failed", e);
    }
  }

  // Writing

  /// Adds claims, at once and for everybody to see.
  void add(List<Claimed> claims) throws InterruptedException {
    List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
    claims.forEach(claim -> letters.add(letter(CLAIMS, claim.key(), CLAIM.write(claim))));
    write(letters);
  }

  /// Takes claims back.
  void remove(Iterable<Claimed> claims) throws InterruptedException {
    List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
    claims.forEach(claim -> letters.add(letter(CLAIMS, claim.key(), null)));
    write(letters);
  }

  /// Removes positions.
  void forget(Iterable<Kept> kept) throws InterruptedException {
    List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
    kept.forEach(each -> letters.add(letter(POSITIONS, each.key(), null)));
    write(letters);
  }

  /// A position, to be sent in a transaction.
  ProducerRecord<byte[], byte[]> letter(Kept kept) {
    return letter(POSITIONS, kept.key(), KEPT.write(kept));
  }

  @SuppressWarnings("NullAway") // what is removed has null for its value
  private ProducerRecord<byte[], byte[]> letter(
      int partition, String key, byte @Nullable [] value) {
    return new ProducerRecord<>(name, partition, key.getBytes(StandardCharsets.UTF_8), value);
  }

  private void write(List<ProducerRecord<byte[], byte[]>> letters) throws InterruptedException {
    if (letters.isEmpty()) {
      return;
    }
    Properties properties = settings.properties(Map.of());
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      letters.forEach(letter -> sent.add(producer.send(letter)));
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (InterruptException e) {
      throw Sending.interrupted(e);
    } catch (ExecutionException e) {
      throw settings.failure(
          "writing to topic \"" + name + "\" failed",
          e.getCause() instanceof KafkaException cause ? cause : e);
    } catch (KafkaException e) {
      throw settings.failure("writing to topic \"" + name + "\" failed", e);
    }
  }
}
