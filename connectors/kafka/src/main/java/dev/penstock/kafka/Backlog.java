package dev.penstock.kafka;

import dev.penstock.pipeline.connector.Split;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// What was fetched and not read yet: the consumer's thread adds, the reader's takes. It is never
/// refused, but says when it is full, so that nothing more is fetched.
final class Backlog<T> {
  private static final int MOST_RECORDS = 20_000;
  private static final long MOST_BYTES = 32L << 20;

  /// Records may need several times the memory of their bytes.
  private static final long MOST_MADE_BYTES = 4L << 20;

  private final ArrayDeque<KafkaChunk<T>> chunks = new ArrayDeque<>();
  private final Set<Split> unfinished = new HashSet<>();
  private int records;
  private long bytes;
  private boolean endless;
  private boolean over;
  private boolean full;
  private @Nullable Exception failure;

  /// There is always more to come.
  synchronized void endless() {
    endless = true;
  }

  /// Splits that have not come to their end.
  synchronized void expect(Collection<Split> splits) {
    unfinished.addAll(splits);
  }

  synchronized void add(KafkaChunk<T> chunk) {
    chunks.add(chunk);
    records += chunk.size();
    bytes += chunk.bytes();
    notifyAll();
  }

  /// Nothing more will be added.
  synchronized void end() {
    over = true;
    notifyAll();
  }

  /// Whoever takes, now or later, fails with this.
  synchronized void fail(Exception cause) {
    failure = failure == null ? cause : failure;
    notifyAll();
  }

  /// Whether fetching shall stop until half of it is taken.
  synchronized boolean isFull() {
    int share = full ? 2 : 1;
    full = records >= MOST_RECORDS / share || bytes >= MOST_BYTES / share;
    return full;
  }

  /// Whether the reader has what to go on with, but not so much that records had better be made
  /// when they are read.
  synchronized boolean keepsReaderBusy() {
    return records > 0 && bytes < MOST_MADE_BYTES;
  }

  synchronized int records() {
    return records;
  }

  /// Forgets what was fetched of these partitions.
  synchronized void drop(Collection<TopicPartition> partitions) {
    chunks.removeIf(chunk -> {
      boolean dropped = partitions.contains(chunk.partition());
      if (dropped) {
        taken(chunk);
      }
      return dropped;
    });
  }

  synchronized void forget(Collection<Split> splits) {
    unfinished.removeAll(splits);
    notifyAll();
  }

  private void taken(KafkaChunk<T> chunk) {
    records -= chunk.size();
    bytes -= chunk.bytes();
  }

  /// The next chunk; an empty one when none came in time, null when all have come to their end.
  synchronized @Nullable KafkaChunk<T> take(Duration upTo) throws Exception {
    long until = System.nanoTime() + upTo.toNanos();
    while (true) {
      KafkaChunk<T> next = chunks.poll();
      if (next != null) {
        taken(next);
        if (next.last()) {
          unfinished.remove(next.split());
        }
        return next;
      }
      if (failure != null) {
        throw failure;
      }
      if (over || (!endless && unfinished.isEmpty())) {
        return null;
      }
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return KafkaChunk.none();
      }
      wait(left);
    }
  }

  /// Lets a wait look again.
  synchronized void wakeUp() {
    notifyAll();
  }
}
