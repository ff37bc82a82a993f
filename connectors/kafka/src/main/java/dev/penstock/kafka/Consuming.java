package dev.penstock.kafka;

import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/// A consumer and the thread that polls it: always, also when nothing more shall be fetched, so
/// that a slow pipeline does not lose its place in the group. Only this thread uses the consumer.
///
/// @param <T> the type of the records
abstract class Consuming<T> implements AutoCloseable {
  private static final Duration WAIT = Duration.ofMillis(100);

  /// How soon fetching goes on when there is room again.
  private static final Duration WAIT_FULL = Duration.ofMillis(5);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final KafkaConsumer<byte[], byte[]> consumer;
  final Cluster cluster;
  final Backlog<T> backlog;
  private final ClientSettings settings;
  private final Shape.Makers<T> makers;
  private final Thread thread;
  private final TopicWatch watch;
  private final Lag lag;

  /// The partitions that are read, with the identity of their topics; of the thread.
  final Map<TopicPartition, PartitionId> reading = new HashMap<>();

  private volatile boolean closing;
  private boolean paused;
  private boolean started;

  Consuming(
      KafkaConsumer<byte[], byte[]> consumer,
      Cluster cluster,
      Backlog<T> backlog,
      ClientSettings settings,
      Shape.Makers<T> makers) {
    this.consumer = consumer;
    this.cluster = cluster;
    this.backlog = backlog;
    this.settings = settings;
    this.makers = makers;
    this.watch = new TopicWatch(cluster);
    this.lag = new Lag(consumer, cluster);
    this.thread = Thread.ofPlatform().daemon().name("penstock-kafka-consumer").unstarted(this::run);
  }

  // Any thread

  /// Reads these, too.
  abstract void assign(Map<Split, Optional<Position>> from);

  /// Reads these no longer.
  abstract void release(Set<Split> splits);

  /// Hears how far what was read is committed.
  void committed(Map<Split, Position> at) {}

  /// Begins to poll, at the first call.
  final void start() {
    if (!started) {
      started = true;
      thread.start();
    }
  }

  final OptionalLong lag() {
    long unfetched = lag.records();
    return unfetched < 0 ? OptionalLong.empty() : OptionalLong.of(unfetched + backlog.records());
  }

  final boolean isClosing() {
    return closing;
  }

  /// Ends the thread and closes the consumer, which leaves its group.
  @Override
  public final void close() {
    if (closing) {
      return;
    }
    closing = true;
    boolean interrupted = Thread.interrupted();
    if (started) {
      consumer.wakeup();
      if (!join()) {
        thread.interrupt();
        join();
      }
    } else {
      closeConsumer();
    }
    try (makers) {
      cluster.close();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean join() {
    try {
      return thread.join(PATIENCE);
    } catch (InterruptedException e) {
      return false; // closing goes on: nothing may outlive the run
    }
  }

  // Its own thread

  /// Does what has to be done between two polls.
  abstract void beforePoll() throws Exception;

  /// Up to which offset the partition is read; null for without end.
  @Nullable Long end(TopicPartition partition) {
    return null;
  }

  /// How many records may still be handed out.
  long wanted() {
    return Long.MAX_VALUE;
  }

  /// So many more were handed out.
  void handedOut(int records) {}

  /// The partition has come to its end.
  void ended(TopicPartition partition) {}

  /// The last chance to tell the broker something.
  void beforeClose() {}

  private void run() {
    try {
      while (!closing) {
        beforePoll();
        if (consumer.assignment().isEmpty() && consumer.subscription().isEmpty()) {
          Thread.sleep(WAIT_FULL); // all has come to its end, and more may be assigned
          continue;
        }
        watch.look(reading.values());
        handOut(poll());
        lag.look(paused);
      }
    } catch (WakeupException | InterruptedException e) {
      // closing
    } catch (OffsetOutOfRangeException e) {
      backlog.fail(outOfRange(e));
    } catch (InterruptException e) {
      // closing
    } catch (KafkaException e) {
      Exception engine = GroupConsuming.Unclaimed.within(e);
      backlog.fail(engine == null ? settings.failure("reading failed", e) : engine);
    } catch (Exception e) {
      backlog.fail(e);
    } catch (Throwable t) {
      backlog.fail(new IllegalStateException("reading failed", t));
    } finally {
      closeConsumer();
    }
  }

  private void closeConsumer() {
    try {
      if (started) {
        beforeClose();
      }
    } catch (RuntimeException e) {
      // What the broker was not told, the next reader reads again.
    }
    try {
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    } catch (RuntimeException e) {
      System.getLogger("dev.penstock.kafka")
          .log(System.Logger.Level.DEBUG, "the consumer was not closed well", e);
    }
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    boolean full = backlog.isFull();
    if (full) {
      consumer.pause(consumer.assignment()); // also what has come since
    } else if (paused) {
      consumer.resume(consumer.assignment());
    }
    paused = full;
    return consumer.poll(full ? WAIT_FULL : WAIT);
  }

  private void handOut(ConsumerRecords<byte[], byte[]> polled) {
    for (TopicPartition partition : polled.partitions()) {
      PartitionId id = reading.get(partition);
      if (id != null) {
        handOut(id, polled.records(partition));
      }
    }
    for (PartitionId id : List.copyOf(reading.values())) {
      if (!polled.partitions().contains(id.partition()) && isAtEnd(id.partition())) {
        finish(id, List.of());
      }
    }
  }

  private void handOut(PartitionId id, List<ConsumerRecord<byte[], byte[]>> records) {
    Long end = end(id.partition());
    int size = (int) Math.min(records.size(), wanted());
    while (end != null && size > 0 && records.get(size - 1).offset() >= end) {
      size--;
    }
    List<ConsumerRecord<byte[], byte[]>> given = records.subList(0, size);
    int from = 0;
    for (int i = 1; i < size; i++) {
      if (!given.get(i).leaderEpoch().equals(given.get(from).leaderEpoch())) {
        add(id, given.subList(from, i), false);
        from = i;
      }
    }
    List<ConsumerRecord<byte[], byte[]>> rest = given.subList(from, size);
    if (isAtEnd(id.partition())) {
      finish(id, rest);
    } else if (!rest.isEmpty()) {
      add(id, rest, false);
    }
    handedOut(size);
  }

  /// Makes the records here while the reader has others to go on with: so it needs not.
  private void add(PartitionId id, List<ConsumerRecord<byte[], byte[]>> records, boolean last) {
    KafkaChunk<T> chunk = new KafkaChunk<>(id, makers.reading(), records, last);
    Shape.Maker<T> maker = makers.fetching();
    if (maker != null && backlog.keepsReaderBusy()) {
      chunk.makeAhead(maker);
    }
    backlog.add(chunk);
  }

  private boolean isAtEnd(TopicPartition partition) {
    Long end = end(partition);
    return end != null && consumer.position(partition) >= end;
  }

  private void finish(PartitionId id, List<ConsumerRecord<byte[], byte[]>> records) {
    add(id, records, true);
    reading.remove(id.partition());
    ended(id.partition());
  }

  /// Starts reading these partitions where they stand, or from where the source says.
  ///
  /// @param at the position of each, without one for a partition that is read from its start
  final void seek(Map<PartitionId, Optional<Position>> at, Start start) {
    List<TopicPartition> fresh = new ArrayList<>();
    at.forEach((id, position) -> {
      reading.put(id.partition(), id);
      if (position.isPresent()) {
        consumer.seek(id.partition(), PartitionId.offset(position.get(), ""));
      } else {
        fresh.add(id.partition());
      }
    });
    Offsets.of(start, consumer, fresh).forEach(consumer::seek);
  }

  private Exception outOfRange(OffsetOutOfRangeException e) {
    try {
      watch.check(reading.values());
      Map.Entry<TopicPartition, Long> wanted =
          e.offsetOutOfRangePartitions().entrySet().iterator().next();
      TopicPartition partition = wanted.getKey();
      Collection<TopicPartition> one = List.of(partition);
      long first = Offsets.get(consumer.beginningOffsets(one), partition);
      long end = Offsets.get(consumer.endOffsets(one), partition);
      return new KafkaFailure(
          wanted.getValue() < first
              ? "offset %d of topic \"%s\", partition %d has expired: the oldest record there has offset %d, those before it are lost to this pipeline. To go on with what is there, make it forget its positions"
                  .formatted(wanted.getValue(), partition.topic(), partition.partition(), first)
              : "offset %d of topic \"%s\", partition %d is behind its end, %d: the topic has lost records, or was emptied. To go on with what is there, make the pipeline forget its positions"
                  .formatted(wanted.getValue(), partition.topic(), partition.partition(), end),
          e);
    } catch (KafkaException | InterruptedException other) {
      return settings.failure("reading failed", e);
    } catch (KafkaFailure anew) {
      return anew;
    }
  }
}
