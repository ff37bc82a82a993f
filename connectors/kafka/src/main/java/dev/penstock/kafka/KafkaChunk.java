package dev.penstock.kafka;

import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Records of one partition that were appended under one leader. Decodes them when they are asked
/// for, by the thread that asks, unless they were made ahead; keeps their offsets when they are let
/// go of.
final class KafkaChunk<T> implements Chunk<T> {
  private static final PartitionId NONE =
      new PartitionId(new TopicPartition("none", 0), org.apache.kafka.common.Uuid.ZERO_UUID);

  private final PartitionId partition;
  private final Split split;
  private final Shape.@Nullable Maker<T> maker;
  private @Nullable List<ConsumerRecord<byte[], byte[]>> records;

  /// What was made before it was asked for; null where that failed, which it then does again.
  private @Nullable Object @Nullable [] made;

  private final long[] offsets;
  private final Optional<Integer> epoch;
  private final long bytes;
  private final boolean last;

  KafkaChunk(
      PartitionId partition,
      Shape.@Nullable Maker<T> maker,
      List<ConsumerRecord<byte[], byte[]>> records,
      boolean last) {
    this.partition = partition;
    this.split = partition.split();
    this.maker = maker;
    this.records = records;
    this.last = last;
    this.offsets = new long[records.size()];
    long sum = 0;
    for (int i = 0; i < offsets.length; i++) {
      ConsumerRecord<byte[], byte[]> record = records.get(i);
      offsets[i] = record.offset();
      sum += record.serializedKeySize() + record.serializedValueSize();
    }
    this.bytes = Math.max(0, sum);
    this.epoch = records.isEmpty() ? Optional.empty() : records.getFirst().leaderEpoch();
  }

  /// For when nothing came in time.
  static <T> KafkaChunk<T> none() {
    return new KafkaChunk<>(NONE, null, List.of(), false);
  }

  TopicPartition partition() {
    return partition.partition();
  }

  long bytes() {
    return bytes;
  }

  /// Makes the records now, by another thread than the reader's.
  void makeAhead(Shape.Maker<T> ahead) {
    List<ConsumerRecord<byte[], byte[]>> from = Objects.requireNonNull(records);
    @Nullable Object[] all = new @Nullable Object[from.size()];
    for (int i = 0; i < all.length; i++) {
      try {
        all[i] = ahead.make(from.get(i));
      } catch (Exception e) {
        // whoever asks for it is told
      }
    }
    made = all;
  }

  /// Keeps positions only.
  void letGo() {
    records = null;
    made = null;
  }

  @Override
  public Split split() {
    return split;
  }

  @Override
  public int size() {
    return offsets.length;
  }

  @Override
  @SuppressWarnings("unchecked") // a maker of T has made it
  public T get(int i) throws InterruptedException {
    if (made != null && made[i] != null) {
      return (T) made[i];
    }
    ConsumerRecord<byte[], byte[]> record = Objects.requireNonNull(records).get(i);
    try {
      return Objects.requireNonNull(maker).make(record);
    } catch (InterruptedException | KafkaFailure e) {
      throw e; // not for what the record holds
    } catch (Exception e) {
      throw new UndecodableRecord(
          record.topic(),
          record.partition(),
          record.offset(),
          String.valueOf(e.getMessage() == null ? e : e.getMessage()),
          e);
    }
  }

  @Override
  public Position after(int i) {
    return PartitionId.position(offsets[i] + 1, epoch);
  }

  @Override
  public String place(int i) {
    return "offset=" + offsets[i];
  }

  @Override
  public boolean last() {
    return last;
  }
}
