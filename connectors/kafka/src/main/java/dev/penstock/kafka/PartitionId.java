package dev.penstock.kafka;

import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/// A partition with the identity of its topic, so that those of a topic that was made anew are
/// others.
record PartitionId(TopicPartition partition, Uuid topic) {
  private static final int UUID_LENGTH = 22;

  Split split() {
    return new Split(partition.topic() + "/" + partition.partition() + "/" + topic);
  }

  static PartitionId of(Split split) {
    return parse(split)
        .orElseThrow(
            () -> new IllegalArgumentException("not a partition of a topic: " + split.id()));
  }

  /// Empty for a split of another kind of source.
  static Optional<PartitionId> parse(Split split) {
    String[] parts = split.id().split("/", 3);
    if (parts.length != 3 || !parts[1].matches("\\d{1,9}") || parts[2].length() != UUID_LENGTH) {
      return Optional.empty();
    }
    return Optional.of(
        new PartitionId(
            new TopicPartition(parts[0], Integer.parseInt(parts[1])), Uuid.fromString(parts[2])));
  }

  /// The position in front of the record at `offset`: the number of the next record, and the epoch
  /// of the leader that appended the last one, if it is known, by which Kafka finds out that
  /// records were lost.
  static Position position(long offset, Optional<Integer> epoch) {
    return Position.of("offset=" + offset + epoch.map(e -> " epoch=" + e).orElse(""));
  }

  /// @param metadata what is kept with an offset of the group
  static OffsetAndMetadata offset(Position position, String metadata) {
    String[] parts = position.text().split(" ");
    if (!parts[0].startsWith("offset=")) {
      throw new IllegalArgumentException("not an offset of Kafka: " + position.text());
    }
    Optional<Integer> epoch =
        parts.length > 1
            ? Optional.of(Integer.valueOf(parts[1].substring("epoch=".length())))
            : Optional.empty();
    return new OffsetAndMetadata(
        Long.parseLong(parts[0].substring("offset=".length())), epoch, metadata);
  }
}
