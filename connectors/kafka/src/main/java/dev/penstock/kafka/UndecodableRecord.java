package dev.penstock.kafka;

import org.jspecify.annotations.Nullable;

/// A record whose bytes are not what was wanted: the failure of this one record.
public final class UndecodableRecord extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final int partition;
  private final long offset;

  UndecodableRecord(
      String topic, int partition, long offset, String problem, @Nullable Throwable cause) {
    super(
        "topic \"%s\", partition %d, offset %d: %s".formatted(topic, partition, offset, problem),
        cause);
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
  }

  public String topic() {
    return topic;
  }

  public int partition() {
    return partition;
  }

  public long offset() {
    return offset;
  }
}
